import { currentOperationIds, operationIds } from "./bundle.ts";

/** A generator of TypeScript from npm, and how it is run. */
export interface TypeScriptGenerator {
  readonly name: string;
  /** 3.0 for those that read OpenAPI 3.0 only. */
  readonly document: "openapi.json" | "openapi-3.0.json";
  readonly command: string;
  readonly args: (input: string) => readonly string[];
  /** The file that leads to all others, in the folder where the generator ran. */
  readonly entry: string;
  /** Packages that the result imports, as the package named first has them. */
  readonly imports: readonly string[];
  readonly operationIds: readonly string[];
}

export const typescriptGenerators: readonly TypeScriptGenerator[] = [
  {
    name: "@hey-api/openapi-ts",
    document: "openapi.json",
    command: "openapi-ts",
    args: (input) => ["-i", input, "-o", "client", "--no-log-file"],
    entry: "client/index.ts",
    imports: [],
    operationIds,
  },
  {
    name: "swagger-typescript-api",
    document: "openapi-3.0.json",
    command: "swagger-typescript-api",
    args: (input) => ["generate", "-p", input, "-o", ".", "-n", "client.ts"],
    entry: "client.ts",
    imports: [],
    operationIds,
  },
  {
    name: "oazapfts",
    document: "openapi.json",
    command: "oazapfts",
    args: (input) => [input, "client.ts"],
    entry: "client.ts",
    imports: ["@oazapfts/runtime"],
    operationIds,
  },
  {
    name: "openapi-zod-client",
    document: "openapi-3.0.json",
    command: "openapi-zod-client",
    args: (input) => [input, "-o", "client.ts", "--with-deprecated"],
    entry: "client.ts",
    imports: ["@zodios/core", "zod"],
    operationIds,
  },
  {
    // It leaves deprecated operations out, always.
    name: "typed-openapi",
    document: "openapi.json",
    command: "typed-openapi",
    args: (input) => [input, "-o", "client.ts"],
    entry: "client.ts",
    imports: [],
    operationIds: currentOperationIds,
  },
];
