<?php
// Frames of src/runtime/channel/frames.ts over descriptor 3: two 32-bit big-endian lengths, a JSON object, bytes.

namespace FunctionGraph;

final class Channel
{
    private const NEVER = 1_000_000_000;

    /** @var resource */
    private $stream;

    public function __construct()
    {
        $stream = fopen('php://fd/3', 'r+b');
        if ($stream === false) {
            exit(1);
        }
        stream_set_timeout($stream, self::NEVER);
        stream_set_write_buffer($stream, 0);
        $this->stream = $stream;
    }

    /** The next frame, as head and body; null when the emulator is gone. */
    public function read(): ?array
    {
        $lengths = $this->take(8);
        if ($lengths === null) {
            return null;
        }
        ['head' => $headLength, 'body' => $bodyLength] = unpack('Nhead/Nbody', $lengths);
        $head = $this->take($headLength);
        $body = $this->take($bodyLength);
        // As an object, so that empty objects stay objects.
        return $head === null || $body === null ? null : [json_decode($head), $body];
    }

    public function send(array $head, string $body = ''): void
    {
        $text = json_encode($head, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
        $bytes = pack('NN', strlen($text), strlen($body)) . $text . $body;
        while ($bytes !== '') {
            $count = @fwrite($this->stream, $bytes);
            if ($count === false || $count === 0) {
                exit(1);
            }
            $bytes = substr($bytes, $count);
        }
    }

    private function take(int $length): ?string
    {
        $bytes = '';
        while (strlen($bytes) < $length) {
            $more = fread($this->stream, $length - strlen($bytes));
            if ($more === false || ($more === '' && feof($this->stream))) {
                return null;
            }
            $bytes .= $more;
        }
        return $bytes;
    }
}
