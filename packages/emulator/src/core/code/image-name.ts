import type { App } from "../app.ts";

const letters = "0123456789abcdefghijklmnopqrstuvwxyz";

/** The platform's name of a deployment, such as `latest-260302101527@k3x9q`: the time in UTC and five characters of chance. */
export function imageName(app: App): string {
  const time = app.clock.now().toISOString().slice(2, 19).replaceAll(/\D/g, "");
  const chance = Array.from({ length: 5 }, () => letters[Math.floor(app.rng.next() * letters.length)]);
  return `latest-${time}@${chance.join("")}`;
}
