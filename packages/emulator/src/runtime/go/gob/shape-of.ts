import { GobError } from "./gob-error.ts";
import type { GobField, GobShape, GobStruct, GobValue } from "./gob-shape.ts";

/** The type that a definition describes, a value of Go's `wireType`. @throws GobError for types that write themselves */
export function shapeOf(definition: GobValue): GobShape {
  const { ArrayT, SliceT, StructT, MapT } = structOf(definition);
  if (StructT !== undefined) return { kind: "struct", name: nameOf(StructT), fields: fieldsOf(StructT) };
  if (MapT !== undefined)
    return { kind: "map", name: nameOf(MapT), key: idOf(MapT, "Key"), element: idOf(MapT, "Elem") };
  const list = SliceT ?? ArrayT;
  if (list !== undefined) return { kind: "slice", name: nameOf(list), element: idOf(list, "Elem") };
  throw new GobError("a type that writes its values in a way of its own");
}

function fieldsOf(struct: GobValue): GobField[] {
  const { Field = [] } = structOf(struct);
  if (!Array.isArray(Field)) throw new GobError("fields that are no list");
  return Field.map((field: GobValue) => ({ name: textOf(structOf(field).Name), id: idOf(field, "Id") }));
}

function nameOf(type: GobValue): string {
  return textOf(structOf(structOf(type).CommonType ?? {}).Name);
}

function idOf(value: GobValue, name: string): number {
  const id = structOf(value)[name] ?? 0;
  if (typeof id !== "number") throw new GobError(`${name} is no number`);
  return id;
}

function textOf(value: GobValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function structOf(value: GobValue): GobStruct {
  const isStruct =
    typeof value === "object" &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Map);
  if (!isStruct) throw new GobError("a struct was expected");
  // The other objects of the union are excluded above, which TypeScript cannot tell for read-only maps.
  return value as GobStruct;
}
