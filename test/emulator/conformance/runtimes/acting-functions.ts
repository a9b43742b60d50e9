import type { FunctionSettings, RuntimeUnderTest } from "./runtime-under-test.ts";

/**
 * The functions that do what the event says, which differ in their limits only.
 * @param least MB with which the runtime works
 */
export function actingFunctions(settings: FunctionSettings, least = 128): RuntimeUnderTest["functions"] {
  return {
    act: settings,
    limited: { ...settings, timeout: 3 },
    fragile: settings,
    crowd: settings,
    small: { ...settings, memory_size: least },
  };
}
