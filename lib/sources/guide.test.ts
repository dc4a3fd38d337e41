import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { authModes } from "@/lib/config/schema";
import { fillSteps, type Given, markedGiven, type Step } from "@/lib/sources/guide";
import { configurableProviders } from "@/lib/sources/registry";

const given: Given & { provider: string } = {
  name: "mine",
  provider: "native",
  auth: "bearer",
  username: "",
  header: "",
  address: "https://pushline.example/api/webhooks/mine",
  origin: "https://pushline.example",
  secret: "s3cret-of-mine",
  at: "2026-11-21T09:00:00.000Z",
};
/** As the page shows them: made with marks, then filled. */
function stepsFor({ provider, ...source }: Given & { provider: string }): Step[] {
  const { guide } = configurableProviders.find(({ name }) => name === provider) ?? {};
  return fillSteps(guide?.steps(markedGiven(source.auth)) ?? [], source);
}
const codes = (steps: Step[]) => steps.flatMap(({ code }) => code ?? []);
const everything = (steps: Step[]) => JSON.stringify(steps);

describe("the steps to connect a source", () => {
  test.each(configurableProviders.map(({ name, defaultAuth }) => [name, defaultAuth] as const))(
    "%s: they name the address, and the secret wherever it goes",
    (provider, auth) => {
      const steps = everything(stepsFor({ ...given, provider, auth }));
      expect(steps).toContain(given.address);
      expect(steps).toContain(given.secret);
    },
  );

  test.each(configurableProviders.map(({ name }) => name))(
    "%s: a key in the address is pasted with it, and nowhere else",
    (provider) => {
      const steps = everything(stepsFor({ ...given, provider, auth: "path" }));
      expect(steps).toContain(`${given.address}/${given.secret}`);
      expect(steps.split(given.secret)).toHaveLength(2);
    },
  );

  test.each(configurableProviders)("$name: its usual way is one that it offers", (provider) => {
    const { offers, makesSecret } = provider.guide;
    expect(offers ?? authModes).toContain(provider.defaultAuth);
    if (makesSecret) expect(provider.defaultAuth).toBe("signature");
  });

  const ways = configurableProviders.flatMap(({ name, verify }) =>
    authModes.flatMap((auth) => (auth !== "signature" || verify ? [[name, auth] as const] : [])),
  );
  test.each(ways)("%s by %s: filled marks are what the guide itself writes", (provider, auth) => {
    const source = { ...given, auth, username: "ci", header: "X-Key" };
    const { guide } = configurableProviders.find(({ name }) => name === provider) ?? {};
    expect(stepsFor({ ...source, provider })).toEqual(guide?.steps(source));
    expect(everything(stepsFor({ ...source, provider }))).not.toContain("{{pushline.");
  });

  test("a text that looks like a mark is left as it is", () => {
    const secret = "{{pushline.address}} $& {{pushline.what}}";
    expect(
      fillSteps([{ text: "{{pushline.secret}} {{pushline.auth}}" }], { ...given, secret }),
    ).toEqual([{ text: `${secret} {{pushline.auth}}` }]);
  });

  test.each(["native", "cloudevents", "cdevents", "devlake", "graphite"])(
    "%s: the line to try is read",
    (provider) => {
      const [line = ""] = codes(stepsFor({ ...given, provider }));
      const body = /-d '(.+)'$/.exec(line)?.[1] ?? "";
      const type = /Content-Type: ([^"]+)/.exec(line)?.[1] ?? "";
      const reading = configurableProviders
        .find(({ name }) => name === provider)
        ?.read({
          source: "mine",
          headers: { "content-type": type },
          body: Buffer.from(body),
          receivedAt: new Date(given.at),
        });
      expect(reading).toMatchObject({ outcome: "read" });
    },
  );

  test.each([
    ["bearer", { authorization: { credentials: given.secret } }],
    ["basic", { basic_auth: { username: "ci", password: given.secret } }],
    ["header", { http_headers: { "X-Key": { secrets: [given.secret] } } }],
    ["path", undefined],
  ] as const)("alertmanager by %s: the receiver is the YAML that it means", (auth, proof) => {
    const steps = stepsFor({
      ...given,
      provider: "alertmanager",
      auth,
      username: "ci",
      header: "X-Key",
    });
    const [receiver] = parse(codes(steps)[0] ?? "").receivers;
    expect(receiver.webhook_configs[0].http_config).toEqual(proof);
  });

  test.each([
    ["basic", `-u "ci:${given.secret}"`],
    ["header", `-H "X-Key: ${given.secret}"`],
  ] as const)("a line to paste proves itself by %s", (auth, proof) => {
    const steps = stepsFor({ ...given, auth, username: "ci", header: "X-Key" });
    expect(codes(steps)[0]).toContain(proof);
  });
});
