<?php
// Runs a PHP function: loads its file, calls its handler, and talks with the emulator over descriptor 3
// (src/runtime/channel/runner-protocol.md). Its variables are in a class, so that the function's own are alone.

namespace FunctionGraph;

require __DIR__ . '/channel.php';
require __DIR__ . '/context.php';
require __DIR__ . '/errors.php';
require __DIR__ . '/memory.php';

final class Runner
{
    private const FATAL = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_RECOVERABLE_ERROR | E_USER_ERROR;
    /** Of src/sandbox/marker.ts; it is there where the function has no namespaces of its own. */
    private const MARK = 'FUNCTIONGRAPH_INSTANCE';

    private Channel $channel;
    private Memory $memory;
    private object $settings;
    private int $written = 0;
    /** What runs at the moment, so that an error that nobody can catch has an answer: load or the id of a call. */
    private ?string $running = null;

    public function run(): void
    {
        $this->channel = new Channel();
        $this->memory = new Memory();
        $this->startCounting();
        register_shutdown_function(fn () => $this->explainEnd());
        $this->channel->send(['type' => 'ready']);
        while ($frame = $this->channel->read()) {
            [$head, $body] = $frame;
            if ($head->type === 'load') {
                $this->load($head);
            } elseif ($head->type === 'call') {
                $this->call($head, $body);
            } elseif ($head->type === 'stop') {
                $this->stop();
                return;
            }
        }
    }

    /** Counts what is printed, and passes it on at once. */
    private function startCounting(): void
    {
        ob_start(function (string $text): string {
            $this->written += strlen($text);
            return $text;
        }, 1);
    }

    /** Ends the buffers that a call has opened and left, as their text belongs to its log. */
    private function endBuffers(int $kept): void
    {
        while (ob_get_level() > $kept && @ob_end_flush()) {
        }
        // A function may have ended all buffers, the counting one among them.
        if (ob_get_level() === 0) {
            $this->startCounting();
        }
    }

    private function load(object $head): void
    {
        $this->settings = $head;
        $this->running = 'load';
        $code = 4002;
        try {
            $this->adoptEnvironment((array) $head->environment);
            chdir($head->root);
            foreach (['handler', 'initializer', 'preStop'] as $method) {
                if ($head->$method !== '') {
                    $this->find($head->$method);
                }
            }
            if ($head->initializer !== '') {
                $code = 4009;
                $this->find($head->initializer)(new Context($head->context, (object) ['keys' => $head->context]));
            }
            $this->running = null;
            $this->channel->send(['type' => 'loaded'] + $this->state());
        } catch (\Throwable $error) {
            $this->running = null;
            ['code' => $code, 'message' => $message, 'type' => $type, 'payload' => $payload] = describeError($error, $head->code, $code);
            $this->channel->send(['type' => 'failed', 'code' => $code, 'message' => $message, 'errorType' => $type] + $this->state(), $payload);
        }
    }

    private function call(object $head, string $body): void
    {
        $this->running = $head->id;
        $buffers = ob_get_level();
        try {
            $event = $body === '' ? null : json_decode($body, false, 512, JSON_THROW_ON_ERROR);
            $handler = $this->find($this->settings->handler);
            $result = $handler($event, new Context($this->settings->context, $head));
            [$code, $payload] = readResult($result, $this->settings->maxResult);
        } catch (\Throwable $error) {
            ['code' => $code, 'payload' => $payload] = describeError($error, $this->settings->code, 4002);
        }
        $this->running = null;
        $this->endBuffers($buffers);
        $this->answer($head->id, $code, $payload);
    }

    private function stop(): void
    {
        if ($this->settings->preStop === '') {
            return;
        }
        try {
            $this->find($this->settings->preStop)(new Context($this->settings->context, (object) ['keys' => $this->settings->context]));
        } catch (\Throwable $error) {
            echo "$error\n";
        }
    }

    private function answer(string $id, int $code, string $payload): void
    {
        $this->channel->send(['type' => 'result', 'id' => $id, 'code' => $code] + $this->state(), $payload);
    }

    /** The function of a name such as `folder/index.handler`, its file loaded. */
    private function find(string $name): callable
    {
        $dot = strrpos($name, '.');
        $file = $dot === false ? $name : substr($name, 0, $dot);
        $method = $dot === false ? '' : substr($name, $dot + 1);
        $path = "{$this->settings->code}/$file.php";
        if ($dot === false || !is_file($path)) {
            throw new LoadError('FunctionLoadError', "not found module './$file.php'");
        }
        loadFile($path);
        if (!is_callable($method)) {
            throw new LoadError('FunctionConfigError', "handler '$method' not found in module './$file.php'");
        }
        return $method;
    }

    /** Gives the function its own variables in place of the runner's, and leaves it the mark by which the sandbox finds what it has started. */
    private function adoptEnvironment(array $environment): void
    {
        $mark = getenv(self::MARK);
        if ($mark !== false) {
            $environment[self::MARK] = $mark;
        }
        foreach (array_keys(getenv()) as $name) {
            putenv($name);
            unset($_ENV[$name], $_SERVER[$name]);
        }
        foreach ($environment as $name => $value) {
            putenv("$name=$value");
            $_ENV[$name] = $_SERVER[$name] = $value;
        }
    }

    /** Answers for an error that cannot be caught. A function that calls exit() ends its process, which is all there is to say. */
    private function explainEnd(): void
    {
        $error = error_get_last();
        if ($this->running === null || $error === null || ($error['type'] & self::FATAL) === 0) {
            return;
        }
        $message = PHASES[4002] . ", error: {$error['message']}";
        $place = str_replace("{$this->settings->code}/", './', "{$error['file']}:{$error['line']}");
        $payload = errorObject($message, 'Error', ["at ($place)"]);
        if ($this->running === 'load') {
            $this->channel->send(['type' => 'failed', 'code' => 4002, 'message' => $message, 'errorType' => 'Error'], $payload);
        } else {
            $this->answer($this->running, 4002, $payload);
        }
    }

    private function state(): array
    {
        @ob_flush();
        flush();
        return ['written' => $this->written, 'memory' => $this->memory->bytes()];
    }
}

/** Runs a file without any variable of the runner in sight. */
function loadFile(string $path): void
{
    require_once $path;
}

(new Runner())->run();
