import { GobError } from "./gob-error.ts";
import { intBytes, uintBytes } from "./gob-number.ts";
import { builtInShapes, type GobShape, type GobStruct, type GobValue, gobIds } from "./gob-shape.ts";

/** The writing side of a connection: it defines each type once, before the first value of it. */
export class GobEncoder {
  readonly #shapes: ReadonlyMap<number, GobShape>;
  readonly #defined = new Set<number>();

  /** @param shapes the types that can be sent, by numbers from 65 on */
  constructor(shapes: ReadonlyMap<number, GobShape>) {
    this.#shapes = shapes;
  }

  /** The messages that carry a value of a type. @throws GobError when the value is none of the type */
  encode(id: number, value: GobValue): Uint8Array {
    const parts: Uint8Array[] = [];
    this.#define(id, parts);
    const content: Uint8Array[] = [intBytes(id)];
    // A value that is no struct has a zero before it.
    if (this.#shape(id).kind !== "struct") content.push(uintBytes(0));
    this.#write(content, id, value);
    addMessage(parts, content);
    return Buffer.concat(parts);
  }

  #define(id: number, parts: Uint8Array[]): void {
    if (builtInShapes.has(id) || this.#defined.has(id)) return;
    this.#defined.add(id);
    const shape = this.#shape(id);
    const content: Uint8Array[] = [intBytes(-id)];
    this.#write(content, gobIds.wireType, definitionOf(id, shape));
    addMessage(parts, content);
    if (shape.kind === "struct") for (const field of shape.fields) this.#define(field.id, parts);
    if (shape.kind === "map") this.#define(shape.key, parts);
    if (shape.kind === "map" || shape.kind === "slice") this.#define(shape.element, parts);
  }

  #write(parts: Uint8Array[], id: number, value: GobValue): void {
    const shape = this.#shape(id);
    if (shape.kind === "bool" && typeof value === "boolean") parts.push(uintBytes(value ? 1 : 0));
    else if (shape.kind === "int" && typeof value === "number") parts.push(intBytes(value));
    else if (shape.kind === "uint" && typeof value === "number") parts.push(uintBytes(value));
    else if (shape.kind === "bytes" && value instanceof Uint8Array)
      parts.push(uintBytes(value.length), value);
    else if (shape.kind === "string" && typeof value === "string") {
      const bytes = Buffer.from(value);
      parts.push(uintBytes(bytes.length), bytes);
    } else if (shape.kind === "slice" && isList(value)) {
      parts.push(uintBytes(value.length));
      for (const element of value) this.#write(parts, shape.element, element);
    } else if (shape.kind === "map" && value instanceof Map) {
      parts.push(uintBytes(value.size));
      for (const [key, element] of value) {
        this.#write(parts, shape.key, key);
        this.#write(parts, shape.element, element);
      }
    } else if (shape.kind === "struct" && isStruct(value)) this.#writeFields(parts, shape, value);
    else throw new GobError(`a value of the type ${shape.kind} was to be written, and it is another`);
  }

  #writeFields(parts: Uint8Array[], { fields }: GobShape & { kind: "struct" }, value: GobStruct): void {
    let last = -1;
    for (const [index, field] of fields.entries()) {
      const content = value[field.name];
      if (content === undefined || isZero(content)) continue;
      parts.push(uintBytes(index - last));
      this.#write(parts, field.id, content);
      last = index;
    }
    parts.push(uintBytes(0));
  }

  #shape(id: number): GobShape {
    const shape = builtInShapes.get(id) ?? this.#shapes.get(id);
    if (!shape) throw new GobError(`there is no type ${id}`);
    return shape;
  }
}

/** The definition of a type as a value of Go's `wireType`. */
function definitionOf(id: number, shape: GobShape): GobStruct {
  if (shape.kind === "struct")
    return {
      StructT: {
        CommonType: { Name: shape.name, Id: id },
        Field: shape.fields.map((field) => ({ Name: field.name, Id: field.id })),
      },
    };
  if (shape.kind === "slice")
    return { SliceT: { CommonType: { Name: shape.name, Id: id }, Elem: shape.element } };
  if (shape.kind === "map")
    return { MapT: { CommonType: { Name: shape.name, Id: id }, Key: shape.key, Elem: shape.element } };
  throw new GobError(`the type ${shape.kind} needs no definition`);
}

function addMessage(parts: Uint8Array[], content: readonly Uint8Array[]): void {
  parts.push(uintBytes(content.reduce((size, part) => size + part.length, 0)), ...content);
}

/** Go leaves such fields out; a map only where there is none. */
function isZero(value: GobValue): boolean {
  if (value instanceof Uint8Array || isList(value)) return value.length === 0;
  return value === 0 || value === "" || value === false;
}

function isList(value: GobValue): value is readonly GobValue[] {
  return Array.isArray(value);
}

function isStruct(value: GobValue): value is GobStruct {
  return (
    typeof value === "object" && !isList(value) && !(value instanceof Uint8Array) && !(value instanceof Map)
  );
}
