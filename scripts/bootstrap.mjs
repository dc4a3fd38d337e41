// The only file that runs before anything is installed: plain JavaScript that an old Node
// can still parse, so that it can say that it is too old.
// biome-ignore-all lint/style/useNodejsImportProtocol: Node below 14.18 does not know node:
import { spawn } from "child_process";
import { existsSync, readFileSync } from "fs";
import { basename, dirname, join, resolve } from "path";
import { fileURLToPath, pathToFileURL } from "url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

checkNode();
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";
installPackages()
  .then(runScript)
  .catch((error) => {
    console.error(error instanceof Error ? error.stack || error.message : error);
    process.exit(1);
  });

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 9)) {
    console.error(
      `Pushline needs Node 20.9 or newer, and this is Node ${process.versions.node}.\n` +
        "Install Node 24 or 22 (https://nodejs.org, or: nvm install 24), then run the same command again.",
    );
    process.exit(1);
  }
  // The last day of security fixes, from the Node release schedule.
  const lastDays = {
    20: "2026-04-30",
    21: "2024-06-01",
    22: "2027-04-30",
    23: "2025-06-01",
    24: "2028-04-30",
    25: "2026-06-01",
  };
  const lastDay = lastDays[major];
  if (lastDay && new Date(`${lastDay}T23:59:59Z`) < new Date())
    console.warn(
      `Note: Node ${major} has had no security fixes since ${lastDay}; Pushline runs on it, but prefer Node 24 or 22.`,
    );
}

async function installPackages() {
  if (isInstalled()) return;
  console.log("Installing the packages of package-lock.json (npm ci); once, about a minute.");
  const started = Date.now();
  const timer = setInterval(() => {
    console.log(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`);
  }, 10000);
  const code = await runNpm([
    "ci",
    "--include=dev",
    "--include=optional",
    "--fetch-timeout=30000",
    "--no-audit",
    "--no-fund",
  ]);
  clearInterval(timer);
  if (code !== 0) {
    console.error(
      `\nInstalling failed (npm ci ended with ${code}); the lines above say why.\n` +
        "Usual causes: no way to the npm registry (npm config get registry; a proxy?), a full disk, or a folder that you may not write.",
    );
    process.exit(1);
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Whether node_modules holds what package-lock.json says: npm lists there what it installed. */
function isInstalled() {
  const listFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(listFile)) return false;
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const installed = JSON.parse(readFileSync(listFile, "utf8")).packages;
    return Object.keys(wanted).every((path) => {
      if (path === "" || wanted[path].optional || wanted[path].peer) return true;
      return installed[path] && installed[path].version === wanted[path].version;
    });
  } catch (_error) {
    return false;
  }
}

function runNpm(parameters) {
  // Under "npm start" this is npm's own file; beside it, an npm of another version may be first in PATH.
  const npmFile = process.env.npm_execpath || "";
  const isNpm = /^npm-cli\.c?js$/.test(basename(npmFile));
  const child = isNpm
    ? spawn(process.execPath, [npmFile].concat(parameters), { stdio: "inherit" })
    : spawn("npm", parameters, { stdio: "inherit", shell: process.platform === "win32" });
  return new Promise((done, fail) => {
    child.on("error", (error) => fail(new Error(`npm cannot be run: ${error.message}`)));
    child.on("exit", (code, signal) => done(signal || code));
  });
}

/** In this very process, so that signals and exit codes are the script's own. */
async function runScript() {
  const script = process.argv[2];
  if (!script) throw new Error("Usage: node scripts/bootstrap.mjs <script.ts> [arguments]");
  const path = resolve(root, script);
  process.argv = [process.argv[0], path].concat(process.argv.slice(3));
  await import("tsx");
  await import(pathToFileURL(path).href);
}
