import { defineRule, type Report } from "../define-rule.js";
import { objectOf, stringsOf } from "../json.js";
import { METHODS, operationsOf } from "../operations.js";
import type { Context, Rule } from "../redocly.js";
import { sourcePath } from "../spec-folder.js";

/** Sources only: each file of the description is named after what it holds. */
export const fileNameMatchesContent: Rule = defineRule("file-name-matches-content", (report) => {
  let operationIds: ReadonlySet<unknown> = new Set();
  return {
    Root: {
      enter(root, context) {
        operationIds = new Set(operationsOf(context, root).map((operation) => operation.node.operationId));
      },
    },
    PathItem(node, context) {
      const key = String(context.key);
      expect(
        report,
        context,
        key.startsWith("/") ? pathFile(key, objectOf(node)) : `webhooks/${kebabCase(key)}.yaml`,
      );
    },
    Schema(_node, context) {
      const [folder, name] = ownFile(context, "schemas") ?? [];
      if (folder === undefined || name === undefined) return;
      if (!isPascalCase(name))
        report(
          context,
          context.location,
          `File ${name}.yaml holds a schema; name it in PascalCase, as the schema is called.`,
        );
    },
    Parameter(node, context) {
      const [name] = ownFile(context, "parameters") ?? [];
      const parameter = String(objectOf(node).name);
      if (name === undefined) return;
      // Custom headers may leave out their `X-`.
      const wanted = pascalCase(parameter.replace(/^X-/i, ""));
      if (!isPascalCase(name) || !plain(name).includes(plain(wanted))) {
        report(
          context,
          context.location,
          `File ${name}.yaml holds the parameter ${parameter}; name it ${wanted}.yaml, or so that it contains that.`,
        );
      }
    },
    Header(_node, context) {
      const [name] = ownFile(context, "headers") ?? [];
      const header = String(context.key);
      if (name === undefined || name.toLowerCase() === header.toLowerCase()) return;
      report(
        context,
        context.location,
        `File ${name}.yaml holds the header ${header}; name it ${header}.yaml.`,
      );
    },
    Response(_node, context) {
      const [name] = ownFile(context, "responses") ?? [];
      if (name === undefined || isPascalCase(name)) return;
      report(context, context.location, `File ${name}.yaml holds a response; name it in PascalCase.`);
    },
    Example(node, context) {
      const [folder, name] = ownFile(context, "examples") ?? [];
      if (folder === undefined || name === undefined) return;
      const code = objectOf(objectOf(node).value).error_code;
      if (folder === "errors") {
        if (name !== code)
          report(
            context,
            context.location,
            `File ${name}.yaml shows the error ${String(code)}; name it ${String(code)}.yaml.`,
          );
      } else if (!operationIds.has(folder)) {
        report(
          context,
          context.location,
          `Folder examples/${folder} is named after no operation; name it as the operationId that the example shows.`,
        );
      } else if (!new RegExp(`^${folder}\\.(request|default|[1-5]\\d\\d)(\\.[A-Za-z0-9-]+)*$`).test(name)) {
        const wanted = `${folder}.request.yaml or ${folder}.<status>.yaml, with the variant after another dot`;
        report(
          context,
          context.location,
          `Example file ${name}.yaml is not named after its place; name it ${wanted}.`,
        );
      }
    },
  };
});

function expect(report: Report, context: Context, wanted: string | undefined): void {
  const file = sourcePath(context, context.location.source.absoluteRef);
  if (file === undefined || wanted === undefined || context.location.pointer !== "#/" || file === wanted)
    return;
  report(context, context.location, `${file} holds ${String(context.key)}; move it to ${wanted}.`);
}

/** `paths/<tag>/<slug>.yaml`, the slug being the URL without its fixed beginning. */
function pathFile(url: string, item: Readonly<Record<string, unknown>>): string | undefined {
  const slug = url
    .replace(/^\/v2\/\{project_id\}\/(fgs\/)?/, "")
    .replace(/[{}]/g, "")
    .toLowerCase()
    .replace(/[/_]+/g, "-")
    .replace(/^-|-$/g, "");
  const [tag] = METHODS.flatMap((method) => stringsOf(objectOf(item[method]).tags));
  return tag === undefined ? undefined : `paths/${tag}/${slug}.yaml`;
}

/** Names below the folder when the node is a whole file in it: `[folder…, name]` without the extension. */
function ownFile(context: Context, folder: string): readonly string[] | undefined {
  const file =
    context.location.pointer === "#/" ? sourcePath(context, context.location.source.absoluteRef) : undefined;
  return file?.startsWith(`${folder}/`)
    ? file
        .slice(folder.length + 1)
        .replace(/\.yaml$/, "")
        .split("/")
    : undefined;
}

function isPascalCase(name: string): boolean {
  return /^[A-Z][A-Za-z0-9]*$/.test(name);
}

function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
