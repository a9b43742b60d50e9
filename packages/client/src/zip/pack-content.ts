import { crc32 } from "./crc32.ts";
import { streamPieces } from "./stream-pieces.ts";

/** A content as it lies in a ZIP file. */
export interface PackedContent {
  /** 8 for deflated, 0 for stored as it is. */
  readonly method: number;
  readonly pieces: readonly Uint8Array[];
  readonly compressedSize: number;
  readonly crc: number;
}

/** Deflates a content if that is wanted and makes it smaller; `onInput` is told how many bytes were taken. */
export async function packContent(
  content: Uint8Array<ArrayBuffer>,
  level: "deflate" | "store",
  signal: AbortSignal | undefined,
  onInput: (size: number) => void,
): Promise<PackedContent> {
  let crc = 0;
  const take = (piece: Uint8Array): void => {
    crc = crc32(piece, crc);
    onInput(piece.length);
  };
  if (level === "deflate" && content.length > 0) {
    if (typeof CompressionStream === "undefined") {
      throw new Error('This runtime has no CompressionStream to deflate with; pass level: "store".');
    }
    const pieces: Uint8Array[] = [];
    let compressedSize = 0;
    for await (const piece of streamPieces(content, new CompressionStream("deflate-raw"), signal, take)) {
      pieces.push(piece);
      compressedSize += piece.length;
    }
    if (compressedSize < content.length) return { method: 8, pieces, compressedSize, crc };
  } else {
    take(content);
  }
  return { method: 0, pieces: [content], compressedSize: content.length, crc };
}
