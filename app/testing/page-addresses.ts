import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const appFolder = fileURLToPath(new URL("..", import.meta.url));

/** Every page of the app as Next knows it, `/services/[service]`, with the group whose layout it has. */
export function pagePatterns(): { pattern: string; group: string }[] {
  return readdirSync(appFolder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => {
      const parts = file.split("/").slice(0, -1);
      const isGroup = (part: string) => /^\(.*\)$/.test(part);
      return {
        pattern: `/${parts.filter((part) => !isGroup(part)).join("/")}`,
        group: parts.find(isGroup) ?? "",
      };
    })
    .sort((one, other) => one.pattern.localeCompare(other.pattern));
}
