import { describe, expectTypeOf, test } from "vitest";
import {
  type Credentials,
  createFunctionGraph,
  type FunctionGraph,
  type FunctionGraphError,
  type InvocationResult,
  type ListFunctionsResponse,
  other,
} from "../../src/index.ts";

/** Compiled and never run. */
type Check = (fg: FunctionGraph) => unknown;
const compiled = (..._checks: Check[]): void => {};
const path = { function_urn: "hello" };

describe("arguments", () => {
  test("may be left out where nothing has to be given", () => {
    compiled(
      (fg) => fg.listFunctions(),
      (fg) => fg.listFunctions({}),
      (fg) =>
        fg.listFunctions({ query: { maxitems: "10" } }, { timeout: 1, signal: new AbortController().signal }),
      (fg) => fg.enableLtsLogs(),
    );
  });

  test("have to be given where the description says so", () => {
    compiled(
      // @ts-expect-error no URN
      (fg) => fg.showFunctionConfig(),
      // @ts-expect-error no URN in the path
      (fg) => fg.showFunctionConfig({ path: {} }),
      // @ts-expect-error no body
      (fg) => fg.createFunction({}),
      // @ts-expect-error a body without the required fields
      (fg) => fg.createFunction({ body: { func_name: "hello" } }),
      // @ts-expect-error a required query parameter is missing
      (fg) => fg.listStatistics({}),
    );
  });

  test("are those of the wire, by name and by type", () => {
    compiled(
      // @ts-expect-error numbers are text in the query
      (fg) => fg.listFunctions({ query: { maxitems: 10 } }),
      // @ts-expect-error no such parameter
      (fg) => fg.listFunctions({ query: { maxItems: "10" } }),
      // @ts-expect-error no such part
      (fg) => fg.listFunctions({ params: {} }),
      // @ts-expect-error the operation takes no body
      (fg) => fg.listFunctions({ body: {} }),
      // @ts-expect-error no such action
      (fg) => fg.cancelAsyncInvocation({ path, body: { request_id: "r", type: "gently" } }),
      // @ts-expect-error no such header
      (fg) => fg.invokeFunction({ path, body: {}, header: { "X-Cff-Log-Type": "head" } }),
      // @ts-expect-error there is no such operation
      (fg) => fg.renameFunction({ path }),
    );
  });

  test("leave open enumerations open and narrow triggers", () => {
    compiled(
      (fg) =>
        fg.createFunction({
          body: {
            func_name: "hello",
            package: "default",
            runtime: "Node.js99.1",
            handler: "index.handler",
            timeout: 3,
            memory_size: 128,
          },
        }),
      (fg) =>
        fg.createFunctionTrigger({ path, body: { trigger_type_code: other("NEWTYPE"), event_data: {} } }),
      // @ts-expect-error a timer needs its event data
      (fg) => fg.createFunctionTrigger({ path, body: { trigger_type_code: "TIMER", event_data: {} } }),
    );
  });

  test("may name another project", () => {
    compiled(
      (fg) => fg.listFunctions({ path: { project_id: "p" } }),
      (fg) => fg.showFunctionConfig({ path: { ...path, project_id: "p" } }),
      // @ts-expect-error IAM has no projects in its paths
      (fg) => fg.listProjects({ path: { project_id: "p" } }),
    );
  });
});

describe("results", () => {
  test("are the answers' bodies", () => {
    expectTypeOf<FunctionGraph["listFunctions"]>().returns.resolves.toEqualTypeOf<ListFunctionsResponse>();
    expectTypeOf<FunctionGraph["deleteFunction"]>().returns.resolves.toEqualTypeOf<undefined>();
    expectTypeOf<FunctionGraph["updateTracing"]>().returns.resolves.toEqualTypeOf<undefined>();
    expectTypeOf<FunctionGraph["exportFunction"]>().returns.resolves.toEqualTypeOf<Uint8Array<ArrayBuffer>>();
    expectTypeOf<FunctionGraph["createToken"]>()
      .returns.resolves.toHaveProperty("subjectToken")
      .toEqualTypeOf<string>();
  });

  test("of a run are the function's, unknown until named", () => {
    compiled(async (fg) => {
      expectTypeOf(await fg.invokeFunction({ path, body: {} })).toEqualTypeOf<InvocationResult<unknown>>();
      const { result } = await fg.invokeFunction<{ greeting: string }>({ path, body: {} });
      expectTypeOf(result.greeting).toEqualTypeOf<string>();
    });
  });

  test("of a walk are the items, wherever the answer has them", () => {
    compiled(async (fg) => {
      for await (const { func_name } of fg.listFunctions.items())
        expectTypeOf(func_name).toEqualTypeOf<string>();
      for await (const { name } of fg.listVersionAliases.items({ path }))
        expectTypeOf(name).toEqualTypeOf<string>();
      for await (const page of fg.listFunctions.pages({}, { limit: 1 }))
        expectTypeOf(page).toEqualTypeOf<ListFunctionsResponse>();
      // @ts-expect-error no list
      fg.createFunction.items();
      // @ts-expect-error no URN
      fg.listVersionAliases.items();
    });
  });
});

test("a client needs credentials of a known form", () => {
  const [accessKey, secretKey] = ["a", "s"];
  const make = createFunctionGraph;
  const checks = [
    () => make({ region: "eu-de", credentials: { accessKey, secretKey } }),
    () => make({ region: "xx-new-1", credentials: async (): Promise<Credentials> => ({ token: "t" }) }),
    () => make({ endpoint: "http://127.0.0.1:8700", credentials: "none", fetch }),
    // @ts-expect-error no credentials
    () => make({ region: "eu-de" }),
    // @ts-expect-error half a key
    () => make({ region: "eu-de", credentials: { accessKey } }),
    // @ts-expect-error no such option
    () => make({ region: "eu-de", credentials: "none", retries: 1 }),
  ];
  expectTypeOf(checks).items.toBeFunction();
});

test("an error's code completes the known ones and takes any other", () => {
  type Code = NonNullable<FunctionGraphError["code"]>;
  expectTypeOf<"FSS.1051">().toExtend<Code>();
  expectTypeOf<string>().toExtend<Code>();
  expectTypeOf<FunctionGraphError["name"]>().toEqualTypeOf<"FunctionGraphError">();
});

test("raw is typed by the paths", () => {
  compiled(
    async (fg) => {
      const { data } = await fg.raw.GET("/v2/{project_id}/fgs/functions", {
        params: { path: { project_id: "p" } },
      });
      expectTypeOf(data?.functions?.[0]?.func_name).toEqualTypeOf<string | undefined>();
    },
    // @ts-expect-error no such path
    (fg) => fg.raw.GET("/v2/functions", {}),
  );
});
