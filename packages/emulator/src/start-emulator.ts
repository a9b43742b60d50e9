import { clearInterval, setImmediate, setInterval } from "node:timers";
import { assembleApp } from "./assemble-app.ts";
import { collectPackages } from "./collect-packages.ts";
import type { Handlers } from "./contract/handler.ts";
import { controlOf } from "./control-of.ts";
import type { App } from "./core/app.ts";
import { ControlledClock } from "./core/controlled-clock.ts";
import { SeededRng } from "./core/seeded-rng.ts";
import { SystemRng } from "./core/system-rng.ts";
import { routes } from "./generated/routes.ts";
import { Identity, type Project, type User } from "./http/authentication/identity.ts";
import { AddressBook } from "./http/routing/address-book.ts";
import { Router } from "./http/routing/router.ts";
import { hostCheck } from "./http/security/allowed-host.ts";
import type { HttpSettings, Violation } from "./http/server-context.ts";
import { startServer } from "./http/start-server.ts";
import { listenError, shownHost } from "./listen-error.ts";
import { createLogger, type Logger } from "./log/logger.ts";
import { openState } from "./open-state.ts";
import { type EmulatorSettings, OptionError } from "./options.ts";
import type { SnapshotSummary } from "./store/snapshot.ts";

/** A running emulator. */
export interface Emulator {
  /** Address without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly region: string;
  /** The first project. */
  readonly projectId: string;
  /** Those of the first user. */
  readonly credentials: { readonly accessKey: string; readonly secretKey: string };
  /** A token of the first user for the first project, valid for 24 hours from the start. */
  readonly token: string;
  readonly clock: ControlledClock;
  /** Answers that broke the API's description; filled with `validateResponses` only. */
  readonly violations: readonly Violation[];
  /** How functions are kept apart from this machine, in one sentence. */
  sandbox(): Promise<string>;
  /** Removes everything of one project, or of all. @throws Error that names the projects, when there is none of this ID */
  reset(projectId?: string): void;
  /** The whole state with all packages, as bytes for `restore`. */
  snapshot(): AsyncIterable<Uint8Array>;
  /** Replaces the whole state by a snapshot. @throws SnapshotError when it is none; nothing changes then. */
  restore(snapshot: AsyncIterable<Uint8Array>): Promise<SnapshotSummary>;
  /** Lets requests under way end within some milliseconds, 300 unless told, and stops. */
  close(grace?: number): Promise<void>;
}

/** Makes the handlers of all operations. @param baseUrl the server's address, known once it listens. */
export type HandlersFactory = (identity: Identity, baseUrl: () => string) => Handlers;

const collectionPause = 10 * 60 * 1000;

/**
 * Starts an emulator with settings that are complete.
 * @throws OptionError (the port, a sandbox that does not work here), DataFolderError (the data folder).
 */
export async function startEmulator(
  settings: EmulatorSettings,
  createHandlers: HandlersFactory,
): Promise<Emulator> {
  if (settings.runtime.sandbox === "namespaces") await demandNamespaces();
  const clock = new ControlledClock();
  if (settings.time) clock.freeze(settings.time);
  const logger = loggerFor(settings);
  const state = await openState(settings.data);
  for (const note of state.notes) logger.warn(note);
  const newRequestId = requestIds(settings.seed);
  const parts = assembleApp({ settings, state, clock, logger, newRequestId });
  const { app } = parts;
  const identity = new Identity(settings.users, settings.projects, clock);
  const violations: Violation[] = [];
  const control = controlOf(parts, clock, violations, settings);
  let url = "";
  const handlers = { ...createHandlers(identity, () => url), ...settings.handlers };
  const context = {
    app,
    journal: parts.journal,
    triggers: parts.triggers,
    identity,
    authentication: {
      mode: settings.authentication,
      identity,
      clock,
      clockSkew: settings.clockSkewMinutes * 60_000,
    },
    handlers,
    addresses: new AddressBook(new Router(routes)),
    settings: httpSettings(settings),
    logger,
    control,
    newRequestId,
    violations,
  };
  const server = await startServer(settings.port, settings.host, context).catch(
    (error: NodeJS.ErrnoException) => {
      state.close();
      throw listenError(error, settings);
    },
  );
  url = `http://${shownHost(settings.host)}:${server.port}`;
  parts.start();
  const collecting = setInterval(() => void collect(app, logger), collectionPause).unref();
  setImmediate(() => void collect(app, logger));
  const [user, project] = firstOf(settings);
  let closing: Promise<void> | undefined;
  const close = async (grace: number): Promise<void> => {
    clearInterval(collecting);
    await Promise.all([server.close(grace), parts.close(grace)]);
    state.close();
  };
  return {
    url,
    port: server.port,
    region: settings.region,
    projectId: project.id,
    credentials: { accessKey: user.accessKey, secretKey: user.secretKey },
    token: identity.issue(user, user.projects.includes(project.id) ? project.id : user.projects[0]).token,
    clock,
    violations,
    sandbox: () => app.runner.sandbox(),
    reset: control.reset,
    snapshot: control.snapshot,
    restore: control.restore,
    close: (grace = 300) => {
      closing ??= close(grace);
      return closing;
    },
  };
}

/** Functions are looked after only when the first one is called; whoever demands a level hears before whether it is to be had. */
async function demandNamespaces(): Promise<void> {
  const { tryBubblewrap } = await import("./sandbox/bubblewrap-trial.ts");
  const trial = await tryBubblewrap();
  if (!trial.works)
    throw new OptionError(
      `Functions cannot be isolated by namespaces, as the option runtime.sandbox demands: ${trial.reason.replace(/\.$/, "")}. Install bubblewrap and allow user namespaces, or choose the sandbox auto or process.`,
    );
}

async function collect(app: App, logger: Logger): Promise<void> {
  try {
    const removed = await collectPackages(app.store, app.packages);
    if (removed > 0) logger.debug("Removed packages that nothing refers to.", { removed });
  } catch (error) {
    // Closed meanwhile, or a file that cannot be read: the next start tries again.
    logger.debug("Packages were not collected.", { reason: String(error) });
  }
}

function loggerFor({ logLevel, logPretty, log, users }: EmulatorSettings): Logger {
  const secrets = users.flatMap((user) => [user.password, user.secretKey]);
  return createLogger({ level: logLevel, pretty: logPretty, write: log, now: () => new Date(), secrets });
}

function httpSettings(settings: EmulatorSettings): HttpSettings {
  const { strict, validateResponses, origins, allowedHosts, timeouts, fallback } = settings;
  return {
    strict,
    validateResponses,
    origins,
    allowsHost: hostCheck(allowedHosts),
    maxHeaders: 100,
    patience: { idle: timeouts.idle, total: timeouts.total },
    headersTimeout: timeouts.headers,
    ...(fallback && { fallback }),
  };
}

/** 32 hexadecimal digits, repeatable with a seed. They have a source of their own, so that requests leave the others' sequence alone. */
function requestIds(seed: number | undefined): () => string {
  const rng = seed === undefined ? new SystemRng() : new SeededRng(`requests-${seed}`);
  return () => rng.hex(32);
}

function firstOf({ users, projects }: EmulatorSettings): [User, Project] {
  const [user] = users;
  const [project] = projects;
  if (!user || !project) throw new OptionError("There must be at least one user and one project.");
  return [user, project];
}
