import { type OperationId, operations } from "@functiongraph/types/operations";

/** Tells whether a field of an operation's request body holds a password, key or token, or lies within one that does. */
export function isSecretField(id: OperationId, field: string): boolean {
  const parts = field.replace(/\[\d+\]/g, "").split(".");
  return operations[id].secrets.request.some((secret: string) => {
    if (secret === "$") return true;
    const names = secret.split(".");
    return names.every(
      (name, index) => parts[index] !== undefined && (name === "*" || name === parts[index]),
    );
  });
}
