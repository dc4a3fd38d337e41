import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where PATH has a program of this name; null where it has none. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
