import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handlers } from "../contract/handler.ts";
import type { App } from "../core/app.ts";
import type { TriggerIndex } from "../core/firing/trigger-index.ts";
import type { Journal } from "../core/journal/create-journal.ts";
import type { Logger } from "../log/logger.ts";
import type { AuthenticationRules } from "./authentication/authenticate.ts";
import type { Identity } from "./authentication/identity.ts";
import type { BodyPatience } from "./body/read-body.ts";
import type { EmulatorControl } from "./control/emulator-control.ts";
import type { AddressBook } from "./routing/address-book.ts";

/** How the server treats requests. */
export interface HttpSettings {
  /** Refuses unknown properties and query parameters instead of ignoring them. */
  readonly strict: boolean;
  /** Holds every answer against the description, and fails the request when it does not fit. */
  readonly validateResponses: boolean;
  /** Origins of web pages that may call, besides the server's own. */
  readonly origins: readonly string[];
  /** Whether this server answers to a Host header. */
  readonly allowsHost: (header: string | undefined) => boolean;
  readonly maxHeaders: number;
  readonly patience: BodyPatience;
  /** Milliseconds that the headers of a request may take. */
  readonly headersTimeout: number;
  /** Takes requests outside of the API, such as those for a documentation site. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** An answer that the description does not allow. */
export interface Violation {
  readonly operationId: string;
  readonly status: number;
  readonly problems: readonly string[];
}

/** Everything that answering requests needs. */
export interface ServerContext {
  readonly app: App;
  /** That of the app, with what it keeps. */
  readonly journal: Journal;
  readonly identity: Identity;
  readonly authentication: AuthenticationRules;
  readonly handlers: Handlers;
  readonly addresses: AddressBook;
  readonly settings: HttpSettings;
  readonly logger: Logger;
  readonly control: EmulatorControl;
  readonly newRequestId: () => string;
  /** The triggers of all projects. */
  readonly triggers: TriggerIndex;
  readonly violations: Violation[];
}
