/** How much is logged; each level includes those before it. */
export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

/** What goes with a message. Never header values, bodies or secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  /** Whether messages of this level are written, for those that cost something to put together. */
  writes(level: LogLevel): boolean;
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Lines for people instead of JSON. */
  readonly pretty: boolean;
  readonly write: (line: string) => void;
  readonly now: () => Date;
  /** Texts that are replaced wherever they would appear. */
  readonly secrets: readonly string[];
}

/** A logger that writes one line for each message. */
export function createLogger(options: LoggerOptions): Logger {
  const threshold = logLevels.indexOf(options.level);
  // As they are, and as JSON writes them.
  const secrets = options.secrets
    .filter((secret) => secret.length > 3)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (logLevels.indexOf(level) > threshold) return;
      const line = options.pretty
        ? prettyLine(level, message, fields, options.now())
        : jsonLine(level, message, fields, options.now());
      options.write(`${secrets.reduce((text, secret) => text.replaceAll(secret, "***"), line)}\n`);
    };
  return {
    writes: (level) => logLevels.indexOf(level) <= threshold,
    error: at("error"),
    warn: at("warn"),
    info: at("info"),
    debug: at("debug"),
  };
}

function jsonLine(level: LogLevel, message: string, fields: LogFields, time: Date): string {
  return JSON.stringify({ time: time.toISOString(), level, message, ...fields });
}

function prettyLine(level: LogLevel, message: string, fields: LogFields, time: Date): string {
  const { stack, ...rest } = fields;
  const words = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${printable(String(value))}`],
  );
  const head = `${time.toISOString().slice(11, 23)} ${level.padEnd(5)} ${printable(message)}`;
  return [head, ...words].join(" ") + (stack === undefined ? "" : `\n${stack}`);
}

/** Without characters that move the cursor or start a new line: they come from requests. */
function printable(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
