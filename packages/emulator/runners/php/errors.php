<?php
// The error objects of PHP functions, shaped like those of Node.js, and what their results become.

namespace FunctionGraph;

/** A function that cannot be called: its file or function is missing. */
final class LoadError extends \Exception
{
    public string $type;

    public function __construct(string $type, string $message)
    {
        parent::__construct($message);
        $this->type = $type;
    }
}

const PHASES = [
    4001 => 'function entry exception',
    4002 => 'function invocation exception',
    4009 => 'function initialization exception',
];

function errorObject(string $message, string $type, ?array $trace = null): string
{
    $object = ['errorMessage' => $message, 'errorType' => $type];
    if ($trace !== null) {
        $object['stackTrace'] = $trace;
    }
    return json_encode($object, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
}

/** Code, message, type and error object of something thrown. */
function describeError(\Throwable $error, string $folder, int $code): array
{
    if ($error instanceof LoadError) {
        $message = PHASES[4001] . ', error: ' . $error->getMessage();
        return ['code' => 4001, 'message' => $message, 'type' => $error->type, 'payload' => errorObject($message, $error->type)];
    }
    $message = PHASES[$code] . ', error: ' . $error->getMessage();
    $type = get_class($error);
    return ['code' => $code, 'message' => $message, 'type' => $type, 'payload' => errorObject($message, $type, traceOf($error, $folder))];
}

/** The places in the function's own code, with paths from its folder on. */
function traceOf(\Throwable $error, string $folder): array
{
    $lines = [];
    $name = '';
    foreach ([['file' => $error->getFile(), 'line' => $error->getLine()], ...$error->getTrace()] as $index => $frame) {
        $name = ($index === 0 ? $error->getTrace()[0] ?? [] : $error->getTrace()[$index] ?? [])['function'] ?? '{main}';
        if (str_starts_with($frame['file'] ?? '', "$folder/")) {
            $lines[] = "at $name (./" . substr($frame['file'], strlen($folder) + 1) . ":{$frame['line']})";
        }
    }
    return $lines;
}

/** What callers get of a returned value: text as it is, nothing for null, everything else as JSON. */
function readResult(mixed $value, int $most): array
{
    try {
        $payload = $value === null ? '' : (is_string($value) ? $value : json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
    } catch (\Throwable $error) {
        return [4007, errorObject('function result is invalid, error: ' . $error->getMessage(), get_class($error))];
    }
    $size = strlen($payload);
    return $size <= $most
        ? [0, $payload]
        : [4004, errorObject("response body size $size exceeds the limit of $most", 'FunctionResponseTooLarge')];
}
