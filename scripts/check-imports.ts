import { clientLeaks, cycles, wrongDirections } from "@/scripts/check-imports/directions";
import { packageProblems } from "@/scripts/check-imports/packages";
import { readModules } from "@/scripts/check-imports/read-modules";
import { unusedExports } from "@/scripts/check-imports/unused-exports";

const modules = readModules();
const problems = [
  ...wrongDirections(modules),
  ...clientLeaks(modules),
  ...cycles(modules),
  ...packageProblems(modules),
  ...unusedExports(modules),
];
for (const problem of problems) console.error(problem);
console.log(`${modules.length} modules, ${problems.length} wrong imports or exports.`);
if (problems.length > 0) process.exitCode = 1;
