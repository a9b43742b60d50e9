const pieceSize = 65_536;

/**
 * Sends bytes through a compression or decompression stream and yields what comes out; a consumer that stops early frees the stream.
 *
 * They go in piece by piece, so that there is progress to report with `onInput` and a moment to stop: throws the signal's reason then.
 */
export async function* streamPieces(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  signal: AbortSignal | undefined,
  onInput?: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void> {
  let at = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      signal?.throwIfAborted();
      if (at === bytes.length) return controller.close();
      const piece = bytes.subarray(at, at + pieceSize);
      at += piece.length;
      onInput?.(piece);
      controller.enqueue(piece);
    },
  });
  const reader = source.pipeThrough(through).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } catch (error) {
    // Runtimes put other errors in the place of the reason.
    signal?.throwIfAborted();
    throw error;
  } finally {
    // That a stream which has failed cannot be cancelled is no news.
    await reader.cancel().catch(() => undefined);
  }
}
