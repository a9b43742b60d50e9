import { type RequestTarget, readTarget } from "./request-target.ts";
import type { Match, Router } from "./router.ts";

/** What the address of a request leads to. */
export interface Address {
  readonly target: RequestTarget;
  readonly match: Match;
}

/** Addresses that are remembered of each method, and characters of the longest. */
const most = 500;
const longest = 500;

/** Finds the operations of addresses, and remembers them: clients ask for the same ones again and again, some thousands of times a second. */
export class AddressBook {
  readonly #router: Router;
  readonly #known = new Map<string, Map<string, Address>>();

  constructor(router: Router) {
    this.#router = router;
  }

  /** @throws ServiceError as readTarget does */
  find(method: string, url: string): Address {
    return this.#known.get(method)?.get(url) ?? this.#read(method, url);
  }

  #read(method: string, url: string): Address {
    const target = readTarget(url);
    const match = this.#router.match(method, target.segments);
    const address = { target, match };
    if (match.kind === "route" && url.length <= longest) {
      const known = this.#known.get(method) ?? new Map<string, Address>();
      if (known.size >= most) known.clear();
      // Requests share it from now on.
      Object.freeze(match.path);
      this.#known.set(method, known.set(url, address));
    }
    return address;
  }
}
