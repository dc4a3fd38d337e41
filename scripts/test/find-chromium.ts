import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findProgram } from "@/scripts/test/find-program";
import { run } from "@/scripts/test/run-step";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * A Chromium to test with, installed if need be: the one in PATH, else Debian's
 * where we are root, else Playwright's own (then null: Playwright finds it).
 */
export async function findChromium(): Promise<string | null> {
  const named = process.env.PUSHLINE_CHROMIUM;
  if (named) return named;
  const present = programInPath();
  if (present) return present;
  if (process.getuid?.() === 0 && findProgram("apt-get")) {
    console.log("Installing Chromium from Debian (apt-get).");
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], quiet);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
    const installed = programInPath();
    if (installed) return installed;
  }
  if (existsSync(chromium.executablePath())) return null;
  console.log("Installing Playwright's Chromium.");
  if ((await run("playwright", ["install", "chromium"])) === 0) return null;
  throw new Error(
    "No Chromium to test with: install one (apt-get install chromium), or name it in PUSHLINE_CHROMIUM.",
  );
}

function programInPath(): string | null {
  for (const name of names) {
    const found = findProgram(name);
    if (found) return found;
  }
  return null;
}
