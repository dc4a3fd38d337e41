import { describe, expect, it } from "vitest";
import { expectedProof } from "@/lib/ingest/expected-proof";
import { configurableProviders } from "@/lib/sources/registry";

const provider = (wanted: string) => {
  const found = configurableProviders.find(({ name }) => name === wanted);
  if (!found) throw new Error(`no provider ${wanted}`);
  return found;
};
const signature = { auth: "signature", header: null } as const;

describe("a signature", () => {
  const signing = configurableProviders.filter(({ verify }) => verify);

  it.each(signing.map((each) => [each.name, each] as const))(
    "of %s that is missing is expected in its own header",
    (_, reader) => {
      const said = expectedProof(signature, reader, {});
      const header = /in the header ([\w-]+)/.exec(said)?.[1] ?? "";
      expect(said).toMatch(/^The signature is missing/);
      const sent = { [header]: "sha256=0" };
      expect(expectedProof(signature, reader, sent)).toMatch(
        new RegExp(`^The signature in the header ${header} is not this body's`),
      );
    },
  );

  it.each([
    ["github", "x-hub-signature-256"],
    ["pagerduty", "x-pagerduty-signature"],
    ["incidentio", "webhook-signature"],
    ["netlify", "x-webhook-signature"],
    ["gitlab", "x-gitlab-token"],
  ])("of %s stands in %s", (name, header) => {
    expect(expectedProof(signature, provider(name), {})).toContain(header);
  });
});

describe("another proof", () => {
  const said = (auth: "bearer" | "basic" | "header" | "path", headers: Record<string, string>) =>
    expectedProof(
      { auth, header: auth === "header" ? "x-key" : null },
      provider("jenkins"),
      headers,
    );

  it.each([
    ["bearer", {}, "authorization is missing"],
    ["bearer", { authorization: "Bearer s3cret" }, "holds another token"],
    ["basic", {}, "authorization is missing"],
    ["basic", { authorization: "Basic s3cret" }, "another user name or password"],
    ["header", {}, "The header x-key is missing"],
    ["header", { "x-key": "s3cret" }, "x-key holds another secret"],
    ["path", {}, "last part of the address"],
  ] as const)(
    "by %s with %j says what to look after, and nothing that was sent",
    (auth, sent, words) => {
      expect(said(auth, sent)).toContain(words);
      expect(said(auth, sent)).not.toContain("s3cret");
    },
  );
});
