import { type Draft, draftsIn, isDraft, objectAt } from "./draft.ts";

/** The description with the operations of some tags and without webhooks, and only the components that those need: each mutant is linted sooner. */
export function excerpt(document: Draft, tags: readonly string[]): Draft {
  const hasTag = (node: Draft): boolean =>
    Array.isArray(node.tags) && node.tags.some((tag) => tags.includes(tag));
  const paths = draftsIn(objectAt(document, "paths")).filter(([, pathItem]) =>
    draftsIn(pathItem).some(([, node]) => hasTag(node)),
  );
  const { webhooks: _webhooks, ...rest } = document;
  const small: Draft = { ...rest, paths: Object.fromEntries(paths) };
  const needed = neededComponents(document, small.paths);
  const components = draftsIn(objectAt(document, "components")).map(([kind, group]) => {
    const kept = Object.entries(group).filter(
      ([name]) => kind === "securitySchemes" || needed.has(`#/components/${kind}/${name}`),
    );
    return [kind, Object.fromEntries(kept)];
  });
  return { ...small, components: Object.fromEntries(components) };
}

function neededComponents(document: Draft, from: unknown): ReadonlySet<string> {
  const needed = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node === "string" && node.startsWith("#/components/") && !needed.has(node)) {
      needed.add(node);
      const [, , kind = "", name = ""] = node.split("/");
      visit(objectAt(document, "components", kind)[name]);
    } else if (Array.isArray(node)) {
      node.forEach(visit);
    } else if (isDraft(node)) {
      Object.values(node).forEach(visit);
    }
  };
  visit(from);
  return needed;
}
