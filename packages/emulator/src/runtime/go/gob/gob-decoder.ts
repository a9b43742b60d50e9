import { GobError } from "./gob-error.ts";
import { GobMessages } from "./gob-messages.ts";
import { intOfUint, readUint } from "./gob-number.ts";
import { builtInShapes, firstDefined, type GobShape, type GobValue, gobIds } from "./gob-shape.ts";
import { shapeOf } from "./shape-of.ts";

/** The reading side of a connection: it learns the types that the other side defines. */
export class GobDecoder {
  readonly #shapes = new Map<number, GobShape>();
  readonly #messages: GobMessages;

  /** @param mostBytes of one message */
  constructor(mostBytes: number) {
    this.#messages = new GobMessages(mostBytes);
  }

  /** Takes the next bytes of the connection and gives the values that are whole by now. @throws GobError */
  *take(chunk: Uint8Array): Generator<GobValue> {
    for (const message of this.#messages.take(chunk)) {
      const reader = new ValueReader(message, this.#shapes);
      const id = reader.int();
      if (id < 0) {
        if (-id < firstDefined || this.#shapes.has(-id))
          throw new GobError(`the type ${-id} is defined twice`);
        this.#shapes.set(-id, shapeOf(reader.value(gobIds.wireType)));
      } else yield reader.topValue(id);
      reader.finish();
    }
  }
}

/** Reads the content of one message. */
class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #shapes: ReadonlyMap<number, GobShape>;
  #at = 0;

  constructor(bytes: Uint8Array, shapes: ReadonlyMap<number, GobShape>) {
    this.#bytes = bytes;
    this.#shapes = shapes;
  }

  topValue(id: number): GobValue {
    if (this.#shape(id).kind !== "struct" && this.uint() !== 0)
      throw new GobError("a value without the zero before it");
    return this.value(id);
  }

  value(id: number): GobValue {
    const shape = this.#shape(id);
    switch (shape.kind) {
      case "bool":
        return this.uint() !== 0;
      case "int":
        return this.int();
      case "uint":
        return this.uint();
      case "bytes":
        return this.#take(this.uint());
      case "string":
        return Buffer.from(this.#take(this.uint())).toString();
      case "slice":
        return Array.from({ length: this.#count() }, () => this.value(shape.element));
      case "map": {
        const map = new Map<GobValue, GobValue>();
        for (let left = this.#count(); left > 0; left -= 1)
          map.set(this.value(shape.key), this.value(shape.element));
        return map;
      }
      case "struct": {
        const struct: Record<string, GobValue> = Object.create(null);
        let index = -1;
        for (let step = this.uint(); step !== 0; step = this.uint()) {
          index += step;
          const field = shape.fields[index];
          if (!field) throw new GobError(`${shape.name} has no field ${index}`);
          struct[field.name] = this.value(field.id);
        }
        return struct;
      }
    }
  }

  int(): number {
    return intOfUint(this.uint());
  }

  uint(): number {
    const read = readUint(this.#bytes, this.#at);
    if (!read) throw new GobError("a message ends too early");
    this.#at = read.end;
    return read.value;
  }

  finish(): void {
    if (this.#at !== this.#bytes.length) throw new GobError("a message has more than its value");
  }

  /** How many elements follow: each takes a byte at least. */
  #count(): number {
    const count = this.uint();
    if (count > this.#bytes.length - this.#at) throw new GobError("a message ends too early");
    return count;
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new GobError("a message ends too early");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #shape(id: number): GobShape {
    const shape = builtInShapes.get(id) ?? this.#shapes.get(id);
    if (!shape) throw new GobError(`there is no type ${id}`);
    return shape;
  }
}
