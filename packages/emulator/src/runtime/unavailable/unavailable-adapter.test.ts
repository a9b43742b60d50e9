import { expect, it } from "vitest";
import { createUnavailableAdapter } from "./unavailable-adapter.ts";

it.each<[string, string, string]>([
  ["Custom Image", "Functions from container images do not run here", "runtime http"],
  ["C#(.NET Core 8.0)", "Functions with the runtime C#(.NET Core 8.0) do not run here", "runtime Custom"],
  ["Cangjie1.0", "Functions with the runtime Cangjie1.0 do not run here", "runtime Custom"],
  ["Ruby3.3", "does not know the runtime Ruby3.3", "runtime Custom"],
  ["", "Functions in C# and Cangjie, and those from container images", "Custom and http"],
])("refuses the runtime '%s' with a reason and a way out", async (runtime, why, instead) => {
  const availability = await createUnavailableAdapter().check(runtime);
  if (availability.available) throw new Error("It is available.");
  expect(availability.reason).toContain(why);
  expect(availability.reason).toContain(instead);
});
