import { defineConfig } from "@playwright/test";

/** What visits each page there is: about as long as all the rest. */
const everyPage = [
  "**/pages.browser.test.ts",
  "**/csp.browser.test.ts",
  "**/hostile.browser.test.ts",
];

/**
 * Pages in a real browser against a real server, which the global setup starts and fills. `npm test`
 * runs the projects at once, each in a process of its own.
 */
export default defineConfig({
  testDir: "app",
  testMatch: "**/*.browser.test.ts",
  projects: [
    { name: "every page", testMatch: everyPage },
    { name: "what people do", testIgnore: everyPage },
  ],
  globalSetup: "./app/testing/global-setup.ts",
  outputDir: "test-results",
  workers: 1,
  // What passes at the second try is named and counted: see CONTRIBUTING.md.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.PUSHLINE_CHROMIUM || undefined,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
