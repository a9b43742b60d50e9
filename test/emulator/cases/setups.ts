import { exampleBody } from "./examples.ts";
import { base64, tooLargePackage } from "./packages.ts";
import { rewriteState } from "./rewrite-state.ts";
import { type Setup, smallLimits, type World } from "./world.ts";

/** `hello-orders`, which the cast of the examples tells about. */
export const orders: Setup = async (world) => {
  const { func_urn } = await world.made("createFunction", { body: exampleBody("createFunction", "zip") });
  world.remember("urn", String(func_urn).replace(/:latest$/, ""));
};

export const v1: Setup = after([orders], (world) =>
  world.made("createFunctionVersion", { body: exampleBody("createFunctionVersion", "named") }),
);

export const v2: Setup = after([v1], async (world) => {
  await world.made("updateFunctionCode", { body: exampleBody("updateFunctionCode", "zip") });
  await world.made("createFunctionVersion", { body: { version: "v2", description: "Friendlier greeting" } });
});

/** Points at `v1`. */
export const prod: Setup = after([v1], (world) =>
  world.made("createVersionAlias", { body: { name: "prod", version: "v1" } }),
);

/** Points at `v1` and gives `v2` a share. */
export const weighted: Setup = after([v2], (world) =>
  world.made("createVersionAlias", { body: exampleBody("createVersionAlias", "weights") }),
);

/** A Python function with inline code. */
export const ping: Setup = (world) =>
  world.made("createFunction", { body: exampleBody("createFunction", "inline") });

export const receipt: Setup = (world) =>
  world.made("createFunction", { body: exampleBody("createFunction", "image") });

/** A Java function with the version `v1`. */
export const invoice: Setup = async (world) => {
  const { func_code } = exampleBody("createFunction", "zip");
  const java = {
    func_name: "render-invoice",
    runtime: "Java17",
    handler: "com.example.InvoiceRenderer.render",
    code_filename: "invoice.jar",
    code_type: "jar",
    func_code,
  };
  await world.made("createFunction", { body: { ...exampleBody("createFunction", "zip"), ...java } });
  await world.made("createFunctionVersion", {
    path: { function_urn: "render-invoice" },
    body: { version: "v1" },
  });
};

/** As many functions as the project may have. */
export const functionsToTheLimit: Setup = async (world) => {
  for (let i = 0; i < smallLimits.functions; i++) await makeInline(world, `function-${i}`);
};

/** As many packages as the project may have, each with one function. */
export const packagesToTheLimit: Setup = async (world) => {
  for (let i = 0; i < 400; i++) await makeInline(world, "only", { package: `package-${i}` });
};

/** Code that takes more than half of what the project may have. */
export const largeCode: Setup = after([orders], (world) =>
  world.made("updateFunctionCode", {
    body: {
      code_type: "zip",
      code_filename: "index.zip",
      func_code: { file: base64(tooLargePackage(600_000)) },
    },
  }),
);

/** The dependency `greeting` with one version. */
export const greeting: Setup = async (world) => {
  const { dep_id, id } = await world.made("createDependencyVersion", {
    body: exampleBody("createDependencyVersion", "zip"),
  });
  world.remember("dependency", dep_id);
  world.remember("dependencyVersion", id);
};

/** The same by the deprecated operation, under the name `old-greeting`. */
export const oldGreeting: Setup = async (world) => {
  const { id } = await world.made("createDependency", {
    body: { ...exampleBody("createDependency", "zip"), name: "old-greeting" },
  });
  world.remember("oldDependency", id);
};

/** `hello-orders` uses `greeting`. */
export const greetingInUse: Setup = after([orders, greeting], (world) =>
  world.made("updateFunctionCode", {
    body: {
      ...exampleBody("updateFunctionCode", "zip"),
      depend_version_list: [world.id("dependencyVersion")],
    },
  }),
);

/** `old-greeting` is used; the deprecated operations give out no IDs of versions, so the list tells it. */
export const oldGreetingInUse: Setup = after([orders, oldGreeting], async (world) => {
  const { dependencies } = await world.made("listDependencyVersion", {
    path: { depend_id: world.id("oldDependency") },
  });
  const [version] = dependencies as [{ id: string }]; // it was just made
  await world.made("updateFunctionCode", {
    body: { ...exampleBody("updateFunctionCode", "zip"), depend_version_list: [version.id] },
  });
});

/** A dependency that everybody can use and nobody can change; only a snapshot can hold one. */
export const publicDependency: Setup = after([greeting], (world) =>
  rewriteState(world, (document) =>
    document.collection.startsWith("dependency") ? { ...document, project: "" } : document,
  ),
);

/** The test event `order-created`. */
export const event: Setup = after([orders], async (world) => {
  const { id } = await world.made("createEvent", { body: exampleBody("createEvent", "event") });
  world.remember("event", id);
});

/** The timer `every-five-minutes`. */
export const timer: Setup = after([orders], async (world) => {
  const { trigger_id } = await world.made("createFunctionTrigger", {
    body: exampleBody("createFunctionTrigger", "timer-rate"),
  });
  world.remember("timer", trigger_id);
});

export const gateway: Setup = after([orders], async (world) => {
  const { trigger_id } = await world.made("createFunctionTrigger", {
    body: exampleBody("createFunctionTrigger", "apig"),
  });
  world.remember("gateway", trigger_id);
});

export const bucketTrigger: Setup = after([orders], async (world) => {
  const { trigger_id } = await world.made("createFunctionTrigger", {
    body: exampleBody("createFunctionTrigger", "obs"),
  });
  world.remember("bucketTrigger", trigger_id);
});

/** Gives `hello-orders` an agency and a VPC, which some triggers need. */
export const connected: Setup = after([orders], (world) => {
  const { func_name, runtime, handler, timeout, memory_size, xrole, func_vpc } = exampleBody(
    "updateFunctionConfig",
    "network",
  );
  return world.made("updateFunctionConfig", {
    body: { func_name, runtime, handler, timeout, memory_size, xrole, func_vpc },
  });
});

export const kafka: Setup = after([connected], async (world) => {
  const { trigger_id } = await world.made("createFunctionTrigger", {
    body: exampleBody("createFunctionTrigger", "kafka"),
  });
  world.remember("kafka", trigger_id);
});

/** Settings for asynchronous invocations of `latest`. */
export const asyncSettings: Setup = after([orders], (world) =>
  world.made("updateFunctionAsyncInvokeConfig", {
    body: exampleBody("updateFunctionAsyncInvokeConfig", "targets"),
  }),
);

/** Two instances are reserved for `latest`. */
export const reserved: Setup = after([orders], (world) =>
  world.made("updateFunctionReservedInstancesCount", { body: { count: 2 } }),
);

export const tagged: Setup = after([orders], (world) =>
  world.made("createTags", {
    path: { resource_id: world.id("urn") },
    body: exampleBody("createTags", "tags"),
  }),
);

/** A small Node.js function with its code inline. */
export async function makeInline(
  world: World,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await world.made("createFunction", {
    body: {
      func_name: name,
      package: "default",
      runtime: "Node.js18.15",
      handler: "index.handler",
      timeout: 3,
      memory_size: 128,
      code_type: "inline",
      func_code: { file: base64("exports.handler = async () => 1;\n") },
      ...more,
    },
  });
}

/** A setup that has others before it. */
export function after(others: readonly Setup[], setup: Setup): Setup {
  return async (world) => {
    await world.have(...others);
    return setup(world);
  };
}
