type Field<Body, Name extends string> = Body extends { readonly [Key in Name]?: infer Value }
  ? NonNullable<Value>
  : never;

/** The type of the items of a list, from its answer's type and where in it they are: names with dots between, `$` for the answer itself. */
export type Item<Body, Path extends string> = Path extends "$"
  ? Body extends readonly (infer One)[]
    ? One
    : never
  : Path extends `${infer Name}.${infer Rest}`
    ? Item<Field<Body, Name>, Rest>
    : Item<Field<Body, Path>, "$">;
