/**
 * Which properties a value may have: `p` those of an object, `i` the items of an array, `d` the field that decides
 * between the shapes `m`, with `e` for its other values. Null stands for anything.
 */
export type Shape = {
  readonly p?: Readonly<Record<string, Shape>>;
  readonly i?: Shape;
  readonly d?: string;
  readonly m?: Readonly<Record<string, Shape>>;
  readonly e?: Shape;
} | null;

/** Copies a value without the properties that its shape does not have; `onUnknown` hears of each. */
export function keepKnown(
  value: unknown,
  shape: Shape | undefined,
  onUnknown: (path: string) => void,
  path = "",
): unknown {
  if (!shape || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return shape.i === undefined
      ? value
      : value.map((item, index) => keepKnown(item, shape.i, onUnknown, `${path}[${index}]`));
  }
  // A JSON object, as it is neither null nor an array.
  const object = value as Record<string, unknown>;
  const chosen = shape.d === undefined ? shape : chooseShape(shape, object[shape.d]);
  if (!chosen?.p) return value;
  const result: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(object)) {
    const place = path === "" ? name : `${path}.${name}`;
    if (Object.hasOwn(chosen.p, name)) result[name] = keepKnown(inner, chosen.p[name], onUnknown, place);
    else onUnknown(place);
  }
  return result;
}

function chooseShape(shape: NonNullable<Shape>, deciding: unknown): Shape | undefined {
  return typeof deciding === "string" && shape.m && Object.hasOwn(shape.m, deciding)
    ? shape.m[deciding]
    : shape.e;
}
