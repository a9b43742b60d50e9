import { isObject, type Json, objectOf } from "../../openapi.ts";
import type { Random } from "./random.ts";

/** Path parameters that belong together, such as those of one trigger. */
type Place = Readonly<Record<string, string>>;

const kept = 40;

/** What exists at the moment, as far as answers have told, so that requests meet something. */
export class KnownThings {
  readonly #places: Place[] = [];
  readonly #values = new Map<string, string[]>();
  readonly #random: Random;

  constructor(projectId: string, random: Random) {
    this.#random = random;
    this.#values.set("project_id", [projectId]);
    this.#values.set("resource_type", ["functions"]);
  }

  /** Path parameters for all of the names, some of them made up by the caller. */
  placeFor(names: readonly string[]): Place | undefined {
    return this.#random.any(
      this.#places.filter((place) => names.every((name) => name === "project_id" || name in place)),
    );
  }

  valueFor(name: string): string | undefined {
    return this.#random.any(this.#values.get(name) ?? []);
  }

  /** Learns from what a request asked for and how it was answered. */
  learn(operationId: string, path: Place, request: Json | undefined, answer: Json): void {
    const body = objectOf(answer);
    const text = (key: string): string => String(body[key] ?? "");
    const urn = path.function_urn;
    if (typeof body.func_urn === "string") this.#learnFunction(body.func_urn, text("func_id"));
    if (operationId === "createEvent" && urn) this.#addPlace({ function_urn: urn, event_id: text("id") });
    if (operationId === "createVersionAlias" && urn)
      this.#addPlace({ function_urn: urn, alias_name: text("name") });
    if (operationId === "createFunctionTrigger" && urn) {
      this.#addPlace({
        function_urn: urn,
        trigger_type_code: text("trigger_type_code"),
        trigger_id: text("trigger_id"),
      });
    }
    if (/^createDependency/.test(operationId)) {
      const version = String(body.version ?? 1);
      this.#addPlace({ depend_id: text(typeof body.dep_id === "string" ? "dep_id" : "id"), version });
      this.#add("depend_version_list", text("id"));
    }
    if (operationId === "createVpcEndpoint" && isObject(request)) {
      this.#addPlace({ vpc_id: String(request.vpc_id), subnet_id: String(request.subnet_id) });
    }
    if (typeof body.request_id === "string") this.#add("request_id", body.request_id);
  }

  #learnFunction(urn: string, id: string): void {
    const parts = urn.split(":");
    const whole = parts.slice(0, 7).join(":");
    for (const form of [urn, whole, parts.slice(5, 7).join(":")]) {
      this.#addPlace({ function_urn: form, func_urn: form, urn: form });
      this.#add("function_urn", form);
      this.#add("urn", form);
    }
    this.#add("func_name", parts[6] ?? "");
    this.#add("version", parts[7] ?? "latest");
    if (id !== "") {
      this.#add("resource_id", id);
      this.#addPlace({ resource_type: "functions", resource_id: id });
    }
  }

  #addPlace(place: Place): void {
    replaceOldest(this.#places, place, kept * 3);
  }

  #add(name: string, value: string): void {
    const values = this.#values.get(name) ?? [];
    if (value !== "" && !values.includes(value)) replaceOldest(values, value, kept);
    this.#values.set(name, values);
  }
}

function replaceOldest<T>(list: T[], value: T, most: number): void {
  list.push(value);
  if (list.length > most) list.shift();
}
