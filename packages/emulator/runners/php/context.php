<?php
// The context object that a handler gets as its second argument: the methods that all languages have, in camel case.

namespace FunctionGraph;

final class Context
{
    private object $settings;
    private object $call;
    private object $keys;
    private float $started;
    private ?Logger $logger = null;

    public function __construct(object $settings, object $call)
    {
        $this->settings = $settings;
        $this->call = $call;
        $this->keys = $call->keys ?? (object) [];
        $this->started = microtime(true);
    }

    public function getRequestID(): string
    {
        return $this->call->id ?? '';
    }

    public function getRemainingTimeInMilliSeconds(): int
    {
        return $this->settings->timeout * 1000 - (int) ((microtime(true) - $this->started) * 1000);
    }

    public function getAccessKey(): string
    {
        return $this->keys->accessKey ?? '';
    }

    public function getSecretKey(): string
    {
        return $this->keys->secretKey ?? '';
    }

    public function getSecurityAccessKey(): string
    {
        return $this->keys->securityAccessKey ?? '';
    }

    public function getSecuritySecretKey(): string
    {
        return $this->keys->securitySecretKey ?? '';
    }

    public function getSecurityToken(): string
    {
        return $this->keys->securityToken ?? '';
    }

    public function getToken(): string
    {
        return $this->keys->token ?? '';
    }

    public function getUserData(string $key, ?string $default = null): ?string
    {
        return $this->settings->userData->$key ?? $default;
    }

    public function getFunctionName(): string
    {
        return $this->settings->functionName;
    }

    /** Milliseconds, whatever its name says, as in the other languages. */
    public function getRunningTimeInSeconds(): int
    {
        return $this->settings->timeout * 1000;
    }

    public function getVersion(): string
    {
        return $this->settings->version;
    }

    public function getMemorySize(): string
    {
        return (string) $this->settings->memory;
    }

    public function getCPUNumber(): string
    {
        return (string) $this->settings->cpu;
    }

    public function getPackage(): string
    {
        return $this->settings->package;
    }

    public function getProjectID(): string
    {
        return $this->settings->projectId;
    }

    public function getAlias(): string
    {
        return $this->call->alias ?? '';
    }

    public function getWorkflowID(): string
    {
        return '';
    }

    public function getWorkflowRunID(): string
    {
        return '';
    }

    public function getWorkflowStateID(): string
    {
        return '';
    }

    public function getLogger(): Logger
    {
        return $this->logger ??= new Logger($this->getRequestID());
    }
}

final class Logger
{
    private const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

    private string $requestId;
    private int $lowest = 1;

    public function __construct(string $requestId)
    {
        $this->requestId = $requestId;
    }

    public function debug(mixed ...$texts): void
    {
        $this->log(0, $texts);
    }

    public function info(mixed ...$texts): void
    {
        $this->log(1, $texts);
    }

    public function warn(mixed ...$texts): void
    {
        $this->log(2, $texts);
    }

    public function error(mixed ...$texts): void
    {
        $this->log(3, $texts);
    }

    public function setLevel(string $level): void
    {
        $index = array_search(strtoupper($level), self::LEVELS, true);
        if ($index !== false) {
            $this->lowest = $index;
        }
    }

    private function log(int $level, array $texts): void
    {
        if ($level < $this->lowest) {
            return;
        }
        $line = implode(' ', array_map(static fn ($text) => is_string($text) ? $text : json_encode($text), $texts));
        echo gmdate('Y-m-d\TH:i:s\Z') . " {$this->requestId} " . self::LEVELS[$level] . " $line\n";
    }
}
