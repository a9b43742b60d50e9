import { type EmulatorSettings, OptionError } from "./options.ts";

/** An address that a client can call, where the host only says where to listen. */
export function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** What to tell a person when a server could not listen. */
export function listenError(error: NodeJS.ErrnoException, { host, port }: EmulatorSettings): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new OptionError(
        `Port ${port} is in use by another program; choose another one, or 0 for a free one.`,
        { cause: error },
      );
    case "EACCES":
      return new OptionError(
        `Port ${port} may not be opened by this user; choose one above 1023, or 0 for a free one.`,
        { cause: error },
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new OptionError(
        `This machine has no address ${host}; listen on 127.0.0.1, or on 0.0.0.0 for all addresses.`,
        { cause: error },
      );
    default:
      return error;
  }
}
