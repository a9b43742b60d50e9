import { type ConformanceCase, everywhere, noInitializer, onlyFor } from "../conformance-case.ts";

const guides = "runtime guides, Developing an event function";
const kernel = "sources of the engine (yuanrong, FaaS executors) and of the Node.js runtime of 2021";
const ownProgram = "there is no handler that the platform loads: the program of the function does";
const passedOn = "a server answers errors by itself, and its answer is passed on";

/** Each kind of error that functions can end with. */
export const errors: readonly ConformanceCase[] = [
  {
    name: "throws, which callers get as 4002 with message, class and stack",
    fact: {
      says: "An exception becomes {errorMessage, errorType, stackTrace}, the message with the words of 4002 before it.",
      grade: "D",
      source: guides,
    },
    event: { action: "throw", message: "no such order" },
    want: everywhere(
      {
        code: 4002,
        errorMessage: "function invocation exception, error: no such order",
        errorType: "OrderError",
        stackTrace: /./,
      },
      {
        java: {
          code: 4002,
          errorMessage: "function invocation exception, error: no such order",
          errorType: /^(conformance\.)?OrderError$/,
          stackTrace: /Fixtures/,
        },
        node: {
          code: 4002,
          errorMessage: "function invocation exception, error: no such order",
          errorType: "OrderError",
          // Paths are relative to the code's folder.
          stackTrace: /\(\.\/actions\.js:\d+:\d+\)/,
        },
        // The library makes the object, which has no stack: errors of Go know none.
        go: { code: 4002, errorMessage: "no such order", errorType: "FunctionReturnError" },
        // What the program posts to …/error/<id> is the error object as it is.
        custom: { code: 4002, errorMessage: "no such order", errorType: "OrderError" },
        http: passedOn,
      },
    ),
  },
  {
    name: "rejects, which is the same as throwing",
    fact: { says: "A rejected promise ends as an exception does.", grade: "K", source: kernel },
    event: { action: "reject", message: "no such order" },
    want: onlyFor(
      {
        node: {
          code: 4002,
          errorMessage: "function invocation exception, error: no such order",
          errorType: "OrderError",
          stackTrace: /\(\.\/index\.js:\d+:\d+\)/,
        },
      },
      "handlers return no promises",
    ),
  },
  {
    name: "gives its callback an error, which is 4001; what it gives it later does not count",
    fact: {
      says: "callback(error) is 4001 with the words `function entry exception`; of several calls the first counts.",
      grade: "D",
      source: guides,
    },
    event: { action: "callback" },
    want: onlyFor(
      { node: { code: 4001, errorMessage: "function entry exception, error: no such order" } },
      "handlers have no callbacks",
    ),
  },
  {
    name: "gives its callback a text as error, which is the error as it is",
    fact: { says: "callback(text) makes the text the body of the error.", grade: "K", source: kernel },
    event: { action: "callbackText" },
    want: onlyFor(
      { node: { code: 4001, errorMessage: "an error of one's own" } },
      "handlers have no callbacks",
    ),
  },
  {
    name: "answers an error by itself, which goes through as an answer",
    fact: {
      says: "Whether answers of a server that tell of an error go through is not documented; gateways return the status.",
      grade: "U",
      source: "guide, HTTP functions",
    },
    event: { action: "throw", message: "no such order" },
    want: onlyFor(
      { http: { code: 0, result: { errorType: "OrderError", errorMessage: "no such order" } } },
      "only servers make answers by themselves",
    ),
  },
  {
    name: "has a handler whose file is missing, which is 4001",
    fact: {
      says: "A missing module is 4001, FunctionLoadError, and its name is told.",
      grade: "K",
      source: kernel,
    },
    function: "missingModule",
    event: {},
    want: {
      node: {
        code: 4001,
        errorMessage: "function entry exception, error: not found module './missing.js'",
        errorType: "FunctionLoadError",
      },
      python: {
        code: 4001,
        errorMessage: /^function entry exception, error: .*missing/,
        errorType: "FunctionLoadError",
      },
      java: {
        code: 4001,
        errorMessage: /^function entry exception, error: user entry not found.*conformance\.Missing/,
      },
      php: { code: 4001, errorMessage: /^function entry exception, error: .*missing/ },
      go: {
        code: 4001,
        errorMessage: /^function entry exception, error: user entry not found: .* no executable missing/,
      },
      custom: ownProgram,
      http: ownProgram,
    },
  },
  {
    name: "has a handler whose method is missing, which is 4001",
    fact: {
      says: "A missing method is 4001, FunctionConfigError, and its name is told.",
      grade: "K",
      source: kernel,
    },
    function: "missingMethod",
    event: {},
    want: {
      node: {
        code: 4001,
        errorMessage: "function entry exception, error: handler 'missing' not found in module './index.js'",
        errorType: "FunctionConfigError",
      },
      python: {
        code: 4001,
        errorMessage: /^function entry exception, error: .*'missing'/,
        errorType: "FunctionConfigError",
      },
      java: { code: 4001, errorMessage: /^function entry exception, error: user entry not found.*missing/ },
      php: { code: 4001, errorMessage: /^function entry exception, error: .*missing/ },
      go: "a handler is a whole program",
      custom: ownProgram,
      http: ownProgram,
    },
  },
  {
    name: "has a fault in its syntax, which is 4002",
    fact: {
      says: "A module that cannot be parsed is reported under 4002; for Python with the words `Syntax error in module`.",
      grade: "K",
      source: `${kernel}; a captured failure of Python`,
    },
    function: "brokenSyntax",
    event: {},
    want: {
      node: {
        code: 4002,
        errorMessage: /^function invocation exception, error: .*Unexpected token '\)'/,
        errorType: "SyntaxError",
        // Where the fault is, which no frame tells.
        stackTrace: /^at \.\/broken\.js:2:10$/m,
      },
      python: { code: 4002, errorMessage: /Syntax error in module 'broken'/, errorType: "SyntaxError" },
      // Java reports syntax when it is compiled; a class that cannot be set up comes nearest.
      java: { code: 4001, errorMessage: /^function entry exception, error: / },
      php: { code: 4002, errorMessage: /syntax error/i, errorType: "ParseError" },
      // Go does so too; what comes nearest is a library in place of a program.
      go: { code: 4001, errorMessage: /^function entry exception, error: .*library is a library of Go/ },
      custom: ownProgram,
      http: ownProgram,
    },
  },
  {
    name: "has an initializer that fails, which is 4009",
    fact: {
      says: "An initializer that fails ends the instance; callers get 4009 `function initialization exception`, in Java 4201.",
      grade: "K",
      source: kernel,
    },
    function: "failingInitializer",
    event: { action: "nothing" },
    want: {
      node: {
        code: 4009,
        errorMessage: "function initialization exception, error: no database",
        errorType: "OrderError",
      },
      python: {
        code: 4009,
        errorMessage: "function initialization exception, error: no database",
        errorType: "OrderError",
      },
      java: { code: 4201, errorMessage: /^function initialization failed.*no database/ },
      php: {
        code: 4009,
        errorMessage: "function initialization exception, error: no database",
        errorType: "OrderError",
      },
      go: noInitializer,
      custom: ownProgram,
      http: ownProgram,
    },
  },
  {
    name: "leaves by the language's own means, which is 4001",
    fact: { says: "sys.exit() is an error of the function, 4001.", grade: "K", source: kernel },
    event: { action: "leavePython" },
    want: onlyFor({ python: { code: 4001, errorType: "SystemExit" } }, "leaving ends the process"),
  },
];
