import { describe, expect, test } from "vitest";
import { ownsPaths, type ReportedNames, resolveService } from "./resolve-service";

const rules = {
  services: [
    { name: "checkout", repository: "acme/checkout" },
    { name: "ledger", repository: "acme/ledger", labels: { app: "ledger" } },
    {
      name: "web",
      repository: "acme/mono",
      paths: ["apps/web/**", "shared/*.ts"],
      deployments: ["web-*"],
    },
    { name: "api", repository: "acme/mono", paths: ["apps/api/**"], deployments: ["api*"] },
  ],
};
const nothing: ReportedNames = { service: null, environment: null, repository: null };
const resolve = (names: Partial<ReportedNames>) => resolveService({ ...nothing, ...names }, rules);

describe("resolving a provider's names to services", () => {
  test("a configured name is that service, letter case aside", () => {
    expect(resolve({ service: "ledger", repository: "acme/checkout" })).toBe("ledger");
    expect(resolve({ service: "Ledger" })).toBe("ledger");
  });

  test("labels: all of a rule's", () => {
    expect(resolve({ service: "job-7", labels: { app: "ledger", pod: "x" } })).toBe("ledger");
    expect(resolve({ service: "job-7", labels: { pod: "x" } })).toBe("job-7");
  });

  test("a repository with one service is that service", () => {
    expect(resolve({ service: "pipeline", repository: "Acme/Checkout" })).toBe("checkout");
  });

  test("of a repository's several the deployments' globs choose, by service, environment, description or job", () => {
    const repository = "acme/mono";
    expect(resolve({ repository, service: "web-frontend" })).toBe("web");
    expect(resolve({ repository, environment: "api-production" })).toBe("api");
    expect(resolve({ repository, description: "web-2 to production" })).toBe("web");
    expect(resolve({ repository, job: "api" })).toBe("api");
    expect(resolve({ job: "web-deploy" })).toBe("web");
    expect(resolve({ repository: "acme/other", job: "web-deploy" })).toBe("other");
  });

  test("An unmatched event names its service after the repository; nothing is lost before it is configured", () => {
    expect(resolve({ service: "search", repository: "acme/unknown" })).toBe("search");
    expect(resolve({ repository: "group/sub/unknown" })).toBe("unknown");
    expect(resolve({ repository: "acme/mono" })).toBe("mono");
    expect(resolve({})).toBeNull();
  });
});

test("path globs for monorepos: a change belongs where one of its paths does", () => {
  const owns = (service: string, ...paths: string[]) =>
    ownsPaths(rules, service, "acme/mono", paths);
  expect(owns("web", "README.md", "apps/web/src/deep/x.ts")).toBe(true);
  expect(owns("web", "shared/x.ts")).toBe(true);
  expect(owns("web", "shared/deep/x.ts")).toBe(false);
  expect(owns("api", "apps/web/x.ts")).toBe(false);
  expect(ownsPaths(rules, "checkout", "acme/checkout", ["any"])).toBe(true);
  expect(ownsPaths(rules, "unconfigured", "acme/mono", ["any"])).toBe(true);
});
