import { expect, it } from "vitest";
import { compareAddress } from "@/app/_deployments/compare-address";

const of = (revision: string | null, url: string | null) => ({
  repository: "acme/checkout",
  revision,
  url,
});

it("leads to GitHub's and GitLab's own comparison", () => {
  expect(
    compareAddress(of("b", "https://github.com/acme/checkout/actions/runs/1"), of("a", null)),
  ).toBe("https://github.com/acme/checkout/compare/a...b");
  expect(compareAddress(of("b", "https://gitlab.acme.dev/x/-/jobs/1"), of("a", null))).toBe(
    "https://gitlab.acme.dev/acme/checkout/-/compare/a...b",
  );
});

it("leads nowhere without both revisions, to unknown hosts, or by other schemes", () => {
  expect(compareAddress(of("b", "https://github.com/x"), of(null, null))).toBeNull();
  expect(compareAddress(of("b", "https://ci.acme.dev/1"), of("a", null))).toBeNull();
  expect(compareAddress(of("b", "javascript:alert(1)//github.com"), of("a", null))).toBeNull();
});
