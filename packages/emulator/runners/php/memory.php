<?php
// How much memory the process has for itself, as the memory limit counts it (src/sandbox/memory-of.ts).

namespace FunctionGraph;

final class Memory
{
    /** Asking for it costs more than it can change in a short call. */
    private const FRESH_NANOSECONDS = 10_000_000;

    private int $asked = 0;
    private int $bytes = 0;

    /** Bytes of private memory, at most 10 ms old. */
    public function bytes(): int
    {
        $now = hrtime(true);
        if ($now - $this->asked > self::FRESH_NANOSECONDS) {
            $this->asked = $now;
            // Without a descriptor left to look, what it had last time will do; without /proc, what PHP itself knows of.
            $status = (string) @file_get_contents('/proc/self/status');
            if (preg_match('/^RssAnon:\s*(\d+) kB$/m', $status, $kilobytes) === 1) {
                $this->bytes = (int) $kilobytes[1] * 1024;
            } elseif (PHP_OS_FAMILY !== 'Linux') {
                $this->bytes = memory_get_usage(true);
            }
        }
        return $this->bytes;
    }
}
