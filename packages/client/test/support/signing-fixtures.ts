import { readFileSync } from "node:fs";
import type { AccessKeys, SignRequest } from "../../src/sign/index.ts";

interface Vector {
  name: string;
  accessKey: string;
  secretKey: string;
  request: {
    method: string;
    url: string;
    query: [string, string][];
    headers: Record<string, string>;
    body: string | null;
    xSdkDate: string;
  };
  official: Record<string, string>;
  /** Where the official signer departs from the documented rule: what the rule gives. */
  byRule?: Record<string, string>;
}

interface Capture {
  op: string;
  wire: { method: string; url: string; headers: Record<string, string>; body: string };
}

/** A request, who signs it when, and the headers that must come out. */
export interface SigningCase {
  name: string;
  request: SignRequest;
  credentials: AccessKeys;
  date: Date;
  want: Record<string, string>;
}

/** Signatures of the official Node signer, or of the documented rule where that signer departs from it. */
export function signingVectors(): SigningCase[] {
  // `as`: the fixture's shape is fixed.
  const { vectors } = read("signing-vectors.json") as { vectors: Vector[] };
  return vectors.map(({ name, accessKey, secretKey, request, official, byRule }) => ({
    name,
    request: {
      method: request.method,
      url: request.url + search(request.query),
      headers: request.headers,
      body: request.body ?? undefined,
    },
    credentials: { accessKey, secretKey },
    date: sdkDate(request.xSdkDate),
    want: byRule ?? official,
  }));
}

/** Requests of the official Node SDK as they came out of its socket, with the headers that it signs. */
export function wireCaptures(): SigningCase[] {
  // `as`: the fixture's shape is fixed.
  return (read("wire-captures.json") as Capture[]).map(({ op, wire }) => {
    const {
      authorization = "",
      host,
      "x-sdk-date": date = "",
      "x-security-token": securityToken,
      ...rest
    } = wire.headers;
    const signed = /SignedHeaders=([^,]*)/.exec(authorization)?.[1]?.split(";") ?? [];
    return {
      name: op,
      request: {
        method: wire.method,
        url: `http://${host}${wire.url}`,
        headers: Object.fromEntries(Object.entries(rest).filter(([name]) => signed.includes(name))),
        body: wire.body,
      },
      credentials: {
        accessKey: "EXAMPLE-ACCESS-KEY",
        secretKey: "example-secret-key-not-a-real-one",
        ...(securityToken && { securityToken }),
      },
      date: sdkDate(date),
      want: {
        Authorization: authorization,
        "X-Sdk-Date": date,
        ...(securityToken && { "X-Security-Token": securityToken }),
      },
    };
  });
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8"));
}

function search(query: [string, string][]): string {
  const pairs = query.map((pair) => pair.map(encodeURIComponent).join("="));
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** `20191115T033655Z` as a date. */
function sdkDate(text: string): Date {
  return new Date(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
}
