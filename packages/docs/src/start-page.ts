/** A file that the site offers. */
export interface Download {
  readonly name: string;
  readonly what: string;
  readonly bytes: number;
}

interface Description {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly webhooks?: Readonly<Record<string, unknown>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

/** The site's first page: what there is, and where. */
export function startPage(description: Description, downloads: readonly Download[]): string {
  const operations = Object.values(description.paths).flatMap((item) =>
    Object.keys(item).filter((key) => /^(get|put|post|delete|patch)$/.test(key)),
  );
  const schemas = Object.keys(description.components?.schemas ?? {}).length;
  const events = Object.keys(description.webhooks ?? {}).length;
  const rows = downloads.map(
    ({ name, what, bytes }) =>
      `        <tr><td><a href="/${name}" download>${name}</a></td><td>${what}</td><td>${kilobytes(bytes)}</td></tr>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>FunctionGraph API, described</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="description" content="The OpenAPI description of FunctionGraph, the serverless function service of Huawei Cloud and Open Telekom Cloud.">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
  <link rel="icon" href="data:,">
  <style>
    :root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --line: #d9dfe7; --paper: #ffffff; --link: #0b5cad; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #9aa7b8; --line: #303a48; --paper: #12171f; --link: #7db7f5; } }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
    main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem; }
    h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; }
    h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
    p { margin: 0 0 1rem; }
    .soft { color: var(--soft); }
    a { color: var(--link); }
    a.main { display: inline-block; padding: .6rem 1.1rem; border: 1px solid var(--link); border-radius: .4rem; text-decoration: none; font-weight: 600; }
    a.main:hover, a.main:focus-visible { background: var(--link); color: var(--paper); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; }
    td { border-top: 1px solid var(--line); padding: .5rem 1rem .5rem 0; vertical-align: top; }
    td:last-child { text-align: right; white-space: nowrap; padding-right: 0; color: var(--soft); }
    code, pre { font: .9em/1.5 ui-monospace, monospace; }
    pre { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; margin: 0; }
  </style>
</head>
<body>
  <main>
    <h1>FunctionGraph API</h1>
    <p>FunctionGraph is the serverless function service of Huawei Cloud and Open Telekom Cloud. This is its REST API, version ${description.info.version.split(".")[0]}:
      ${operations.length} operations, ${schemas} schemas and the ${events} events that functions receive, curated by hand from seven editions of the documentation.</p>
    <p><a class="main" href="/reference/">Open the reference</a></p>
    <h2>Download the description</h2>
    <div class="wide">
      <table>
${rows.join("\n")}
      </table>
    </div>
    <h2>Use the types</h2>
    <pre>import type { CreateFunctionRequest } from "@functiongraph/types";</pre>
    <p class="soft">The package is generated from the same description.</p>
  </main>
</body>
</html>
`;
}

function kilobytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KB`;
}
