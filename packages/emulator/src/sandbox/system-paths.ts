import { existsSync, lstatSync, readlinkSync } from "node:fs";

/** A path that a function sees as it is on this machine: a folder or file, or a link. */
export type SystemPath =
  | { readonly path: string; readonly kind: "bound" }
  | { readonly path: string; readonly kind: "link"; readonly target: string };

/** Programs and libraries. */
const programs = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store"];

/**
 * Settings without which programs do not find other machines, certificates, libraries or themselves. Private keys and passwords lie beside
 * them, which is why it is a list.
 */
const settings = [
  "alternatives",
  "ca-certificates",
  "crypto-policies",
  "fonts",
  "gai.conf",
  "host.conf",
  "hosts",
  "ld.so.cache",
  "ld.so.conf",
  "ld.so.conf.d",
  "localtime",
  "mime.types",
  "nsswitch.conf",
  "php",
  "pki/ca-trust",
  "pki/java",
  "pki/tls/cert.pem",
  "pki/tls/certs",
  "pki/tls/openssl.cnf",
  "protocols",
  "resolv.conf",
  "services",
  "ssl/cert.pem",
  "ssl/certs",
  "ssl/openssl.cnf",
  "timezone",
];

/** What of this machine every function sees, read-only; `java` names the version folders of `/etc` beside the list. */
export function systemPaths(java: readonly string[] = []): SystemPath[] {
  const names = [...settings, ...java].map((name) => `/etc/${name}`);
  return [...programs.flatMap(programPath), ...names.filter((path) => existsSync(path)).map(bound)];
}

/** On most systems /bin and its like are links into /usr, and programs may tell the difference. */
function programPath(path: string): SystemPath[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  return [stat.isSymbolicLink() ? { path, kind: "link", target: readlinkSync(path) } : bound(path)];
}

function bound(path: string): SystemPath {
  return { path, kind: "bound" };
}
