import { type ConformanceCase, everywhere, onlyFor } from "../conformance-case.ts";

const fromBootstrap = "the function's own program makes results and errors of its calls";
const noValues = "results are bytes that the function's own program made";
const kernel = "sources of the engine (yuanrong, FaaS executors) and of the Node.js runtime of 2021";

/** What callers get of results. */
export const results: readonly ConformanceCase[] = [
  {
    name: "gets the event and returns an object, which callers get as JSON",
    fact: {
      says: "The event is the parsed JSON of the request, the result of an object is its JSON.",
      grade: "D",
      source: "runtime guides, Developing an event function",
    },
    event: { action: "echo", text: 'Grüße, 世界 \u{1f600} "quoted"\n', bytes: 6 },
    want: everywhere({
      code: 0,
      result: { action: "echo", text: 'Grüße, 世界 \u{1f600} "quoted"\n', bytes: 6 },
    }),
  },
  {
    name: "returns a text, which callers get as it is",
    fact: {
      says: "A result that is a text goes out as it is, without quotation marks.",
      grade: "K",
      source: kernel,
    },
    event: { action: "text", text: "no JSON: {" },
    want: everywhere({ code: 0, text: "no JSON: {" }),
  },
  {
    name: "returns nothing, which callers get as an empty text",
    fact: { says: "`undefined` and `None` become an empty result.", grade: "K", source: kernel },
    event: { action: "nothing" },
    want: everywhere({ code: 0, text: "" }),
  },
  {
    name: "returns a number, which callers get as its digits",
    fact: { says: "What is neither text nor object becomes its text.", grade: "K", source: kernel },
    event: { action: "number" },
    want: everywhere({ code: 0, text: "42" }),
  },
  {
    name: "returns null, which is an object and so becomes JSON",
    fact: { says: "In Node.js any object, null included, becomes JSON.", grade: "K", source: kernel },
    event: { action: "null" },
    want: onlyFor({ node: { code: 0, text: "null" } }, "there is no value between an object and nothing"),
  },
  {
    name: "answers through its callback",
    fact: {
      says: "A handler with three parameters may answer with callback(null, result).",
      grade: "D",
      source: "Node.js runtime guide, Developing an event function",
    },
    event: { action: "callbackResult" },
    want: onlyFor({ node: { code: 0, result: { called: "back" } } }, "handlers have no callbacks"),
  },
  {
    name: "returns what cannot be written as JSON, which is 4007",
    fact: {
      says: "A result that cannot be written as JSON ends with 4007 and its reason.",
      grade: "K",
      source: kernel,
    },
    event: { action: "circular" },
    want: everywhere(
      { code: 4007, errorMessage: /^function result is invalid, error: ./ },
      { custom: noValues, http: noValues, go: noValues },
    ),
  },
  {
    name: "returns an object of a class that JSON does not know, which is 4007",
    fact: { says: "A result that Python cannot serialise ends with 4007.", grade: "K", source: kernel },
    event: { action: "unserialisable" },
    want: onlyFor(
      { python: { code: 4007, errorMessage: /^function result is invalid, error: .*not JSON serializable/ } },
      "JSON is made of every object",
    ),
  },
  {
    name: "takes the event as the text that it is",
    fact: {
      says: "A handler whose parameter is a String gets the raw JSON.",
      grade: "D",
      source: "Java runtime guide",
    },
    function: "own",
    event: { action: "echo", deep: [{ a: 1.5 }, null] },
    want: onlyFor(
      {
        java: { code: 0, text: '{"action":"echo","deep":[{"a":1.5},null]}' },
        node: { code: 0, result: { module: true, event: { deep: [{ a: 1.5 }, null] } } },
      },
      "handlers take the event in one form only",
    ),
  },
  {
    name: "lies in a folder of its package",
    fact: {
      says: "A handler may name a file in a folder: src/index.handler.",
      grade: "D",
      source: "Node.js runtime guide, Creating a project",
    },
    function: "other",
    event: { a: 1 },
    want: onlyFor(
      {
        node: { code: 0, result: { folder: "orders/greet", event: { a: 1 } } },
        python: { code: 0, result: { folder: "orders/greet", event: { a: 1 } } },
      },
      fromBootstrap,
    ),
  },
];
