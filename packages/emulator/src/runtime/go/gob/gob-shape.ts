/** What values of a type consist of; other types are named by their numbers (https://pkg.go.dev/encoding/gob). */
export type GobShape =
  | { readonly kind: "bool" | "int" | "uint" | "bytes" | "string" }
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly GobField[] }
  /** Arrays of a fixed length are read as slices. */
  | { readonly kind: "slice"; readonly name: string; readonly element: number }
  | { readonly kind: "map"; readonly name: string; readonly key: number; readonly element: number };

/** A field of a struct. */
export interface GobField {
  readonly name: string;
  readonly id: number;
}

/** A value of a shape. Fields of a struct that have their zero value may be left out. */
export type GobValue =
  | boolean
  | number
  | string
  | Uint8Array
  | readonly GobValue[]
  | ReadonlyMap<GobValue, GobValue>
  | GobStruct;

/** The fields of a struct. */
export interface GobStruct {
  readonly [field: string]: GobValue | undefined;
}

/** Numbers of the types that need no definition. */
export const gobIds = { bool: 1, int: 2, uint: 3, bytes: 5, string: 6, wireType: 16 } as const;
/** The lowest number of a type that a program defines. */
export const firstDefined = 64;

const named = (name: string, ...fields: readonly (readonly [string, number])[]): GobShape => ({
  kind: "struct",
  name,
  fields: fields.map(([field, id]) => ({ name: field, id })),
});
const common = ["CommonType", 18] as const;

/** The types that both sides know: the basic ones, and those in which definitions are written. */
export const builtInShapes: ReadonlyMap<number, GobShape> = new Map<number, GobShape>([
  [gobIds.bool, { kind: "bool" }],
  [gobIds.int, { kind: "int" }],
  [gobIds.uint, { kind: "uint" }],
  [gobIds.bytes, { kind: "bytes" }],
  [gobIds.string, { kind: "string" }],
  [gobIds.wireType, named("wireType", ["ArrayT", 17], ["SliceT", 19], ["StructT", 20], ["MapT", 23])],
  [17, named("arrayType", common, ["Elem", gobIds.int], ["Len", gobIds.int])],
  [18, named("CommonType", ["Name", gobIds.string], ["Id", gobIds.int])],
  [19, named("sliceType", common, ["Elem", gobIds.int])],
  [20, named("structType", common, ["Field", 22])],
  [21, named("fieldType", ["Name", gobIds.string], ["Id", gobIds.int])],
  [22, { kind: "slice", name: "[]*gob.fieldType", element: 21 }],
  [23, named("mapType", common, ["Key", gobIds.int], ["Elem", gobIds.int])],
]);
