import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const sourceFolders = ["app", "lib", "db", "public"];
const stampFile = ".next/pushline-build.txt";

/** Builds the pages with Next unless what was built comes from the same sources. */
export async function buildPages(root: string, log: (line: string) => void): Promise<void> {
  const sources = hashSources(root);
  if (existsSync(join(root, ".next/BUILD_ID")) && readStamp(root) === sources) return;

  log("Building the pages; once per version, about half a minute.");
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const timer = setInterval(() => log(`  still building, ${seconds()} s`), 5_000);
  try {
    await runNextBuild(root);
  } finally {
    clearInterval(timer);
  }
  writeFileSync(join(root, stampFile), sources);
  log(`Built in ${seconds()} s.`);
}

async function runNextBuild(root: string): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const end = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal ?? code));
  });
  process.off("exit", stop);
  if (end !== 0)
    throw new Error(`Building the pages failed (next build: ${end}):\n${output.trim()}`);
}

function readStamp(root: string): string | null {
  const path = join(root, stampFile);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** One hash over the names and contents of all that the pages are made of. */
function hashSources(root: string): string {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0] ?? "");
  const configuration = readdirSync(root).filter(
    (name) => /\.config\.[a-z]+$/.test(name) || name === "package-lock.json",
  );
  const files = [...configuration, ...sourceFolders.flatMap((folder) => listFiles(root, folder))];
  for (const file of files.sort())
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => !/\.test\.tsx?$|\/fixtures\//.test(file))
    .filter((file) => statSync(join(root, file)).isFile());
}
