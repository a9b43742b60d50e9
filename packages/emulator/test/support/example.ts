import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** The value of an example of the description, such as `createFunction.request.zip`. */
export function example(name: string): Record<string, unknown> {
  const operation = name.slice(0, name.indexOf("."));
  const file = new URL(`../../../../spec/examples/${operation}/${name}.yaml`, import.meta.url);
  const { value }: { value: Record<string, unknown> } = parse(readFileSync(file, "utf8"));
  return value;
}
