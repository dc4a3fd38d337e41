import { readFileSync } from "node:fs";
import { belowFloors, floors, lockfile } from "@/scripts/check-floors/below-floors";

const known = floors.parse(JSON.parse(readFileSync("scripts/check-floors/floors.json", "utf8")));
const problems = belowFloors(
  known,
  lockfile.parse(JSON.parse(readFileSync("package-lock.json", "utf8"))),
);
for (const problem of problems) console.error(problem);
console.log(`${known.length} floors, ${problems.length} packages below theirs.`);
if (problems.length > 0) process.exitCode = 1;
