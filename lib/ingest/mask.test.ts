import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { maskBody, maskHeaders } from "@/lib/ingest/mask";
import { isSecretName } from "@/lib/ingest/mask/secret-names";
import { providers } from "@/lib/sources/registry";

const masked = (text: string, secrets: string[] = []): string =>
  maskBody(Buffer.from(text), { secrets, isCut: false }).text;

/** Names under which real senders put secrets. */
const names = [
  "password",
  "passwd",
  "DB_PASSWORD",
  "pwd",
  "secret",
  "clientSecret",
  "client_secret",
  "token",
  "access-token",
  "X-Gitlab-Token",
  "authorization",
  "Proxy-Authorization",
  "apiKey",
  "api_key",
  "x-api-key",
  "aws_access_key_id",
  "privateKey",
  "credentials",
  "cookie",
  "Set-Cookie",
  "X-Hub-Signature-256",
];

/** Put together here, so that nothing in this file is a secret of that form itself. */
const recognisable = [
  `pl_${"Ab3-_".repeat(8)}xyz`,
  `ghp_${"a1B2".repeat(9)}`,
  `gho_${"a1B2".repeat(9)}`,
  `github_pat_${"11AB_cd".repeat(8)}`,
  `glpat-${"x-Y_9".repeat(4)}`,
  `xoxb-${"123456-".repeat(4)}abc`,
  `AKIA${"ABCD2345".repeat(2)}`,
  `eyJ${"hbGci".repeat(4)}.eyJ${"zdWIi".repeat(4)}.${"sig_-9".repeat(4)}`,
];

describe("names", () => {
  it.each(names)("%s is of a secret", (name) => expect(isSecretName(name)).toBe(true));
  it.each([
    "author",
    "status",
    "key",
    "id",
    "sha",
    "environment",
    "pathname",
    "signal",
    "x-github-event",
  ])("%s is not", (name) => expect(isSecretName(name)).toBe(false));
  it("of headers that are kept beside a body are none of a secret", () => {
    const kept = providers.flatMap(({ keptHeaders }) => keptHeaders);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter(isSecretName)).toEqual([]);
  });
});

describe("JSON", () => {
  it("keeps its structure and every letter of the rest", () => {
    const text =
      '{ "big": 1e400, "id": 9007199254740993,\n "a": {"password" : "hunter2", "kept": "\\u00e9"},' +
      '"tokens": ["one", {"two": 2}, null, true], "sha": "abc" }';
    expect(masked(text)).toBe(
      '{ "big": 1e400, "id": 9007199254740993,\n "a": {"password" : "[hidden]", "kept": "\\u00e9"},' +
        '"tokens": ["[hidden]", {"two": "[hidden]"}, null, true], "sha": "abc" }',
    );
  });

  it("hides what a pair of name and value says", () => {
    const pair = { name: "API_TOKEN", value: "abc123" };
    expect(JSON.parse(masked(JSON.stringify([pair, { ...pair, name: "REGION" }])))).toEqual([
      { name: "API_TOKEN", value: hiddenMark },
      { name: "REGION", value: "abc123" },
    ]);
    const attribute = { value: { stringValue: "abc123" }, key: "db.password" };
    expect(masked(JSON.stringify(attribute))).not.toContain("abc123");
  });

  it("hides in JSON that is text of JSON, and in JSON that is broken or cut off", () => {
    const inner = JSON.stringify({ password: "hunter2", shown: 1 });
    expect(JSON.parse(JSON.parse(masked(JSON.stringify({ inner }))).inner)).toEqual({
      password: hiddenMark,
      shown: 1,
    });
    for (const broken of [
      '{"a":1,"password":"hunter2',
      '{"a":,"password":"hunter2"}}]',
      "{password: hunter2}",
    ])
      expect(masked(broken)).not.toContain("hunter");
  });

  it("is not stopped by nesting without end", () => {
    const deep = `${'{"a":['.repeat(40_000)}{"password":"hunter2"}`;
    expect(masked(deep)).not.toContain("hunter2");
  });
});

describe("other texts", () => {
  it.each([
    ["a form", "a=1&password=hunter2&b=x+y", "a=1&password=[hidden]&b=x+y"],
    ["a form of JSON", `payload=${encodeURIComponent('{"token":"hunter2"}')}`, "hunter2"],
    [
      "a line",
      "user: ana\npassword: hunter2 and more\nregion: eu",
      "user: ana\npassword: [hidden]\nregion: eu",
    ],
    ["a variable", "export A=1 DB_PASSWORD=hunter2 B=2", "export A=1 DB_PASSWORD=[hidden] B=2"],
    ["an element", "<a><password>hunter2</password></a>", "<a><password>[hidden]</password></a>"],
    ["an address", "see https://ana:hunter2@git.example/x", "see https://[hidden]@git.example/x"],
    [
      "a header",
      "curl -H 'Authorization: Bearer hunter2hunter2' x",
      "curl -H 'Authorization: [hidden]' x",
    ],
    [
      "a key",
      "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----\nb",
      "[hidden]\nb",
    ],
    ["nothing", "Fix the tokenless path (#7)", "Fix the tokenless path (#7)"],
  ])("%s", (_name, text, expected) => {
    if (expected === "hunter2") expect(decodeURIComponent(masked(text))).not.toContain(expected);
    else expect(masked(text)).toBe(expected);
  });

  it.each(recognisable)(
    "hides what tells by its form what it is, wherever it stands: %s",
    (secret) => {
      for (const text of [
        secret,
        `a ${secret}.`,
        `a-${secret}`,
        `{"message":"see ${secret}"}`,
        `a=${secret}`,
        `[{"x":["${secret}"]}`,
      ])
        expect(masked(text)).not.toContain(secret.slice(8));
    },
  );

  it("hides in bytes that are no UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from('{"password":"hunter2","a":"'), Buffer.from([0xff])]);
    const { encoding, text } = maskBody(bytes, { secrets: [], isCut: false });
    expect(encoding).toBe("base64");
    expect(Buffer.from(text, "base64").toString("latin1")).toBe('{"password":"[hidden]","a":"\xff');
  });

  it("keeps those that hide nothing byte for byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { encoding, text } = maskBody(Buffer.from(bytes), { secrets: [], isCut: false });
        if (text.includes(hiddenMark)) return;
        const decoded = Buffer.from(text, encoding);
        if (!decoded.includes(hiddenMark)) expect(decoded.equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });
});

describe("the source's own secrets", () => {
  const secret = 'own "quoted" se/cret + é';

  it("are hidden however they are spelt", () => {
    for (const text of [
      secret,
      JSON.stringify({ a: `x${secret}x` }),
      `a=${encodeURIComponent(secret)}`,
      Buffer.from(secret).toString("base64"),
    ])
      expect(decodeURIComponent(masked(text, [secret]))).not.toContain("se/cret");
    expect(masked('{"a":"\\u0070lainsecret"}', ["plainsecret"])).toBe('{"a":"[hidden]"}');
  });

  it("are hidden where the limit cuts them", () => {
    const { text } = maskBody(Buffer.from('{"a":"plainsec'), {
      secrets: ["plainsecret"],
      isCut: true,
    });
    expect(text).not.toContain("plain");
  });
});

it("hides headers by name and by what they say", () => {
  const headers = { "x-hub-signature": "abc", "user-agent": "a", "ce-source": "https://u:p@h/x" };
  expect(maskHeaders(headers, [])).toEqual({
    "x-hub-signature": hiddenMark,
    "user-agent": "a",
    "ce-source": `https://${hiddenMark}@h/x`,
  });
});

describe("whatever is planted under such a name", () => {
  const name = fc.constantFrom(...names);
  // Told from all else by its length; any letters at all.
  const secret = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((text) => `~~canary${text}end~~`);

  it("never appears in an answer to JSON, wherever it is nested", () => {
    const around = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 6 }), tie("node"), { maxKeys: 3 }),
        fc.constant("PLANTED"),
      ),
    })).node;
    fc.assert(
      fc.property(around, name, secret, fc.boolean(), (tree, member, value, inside) => {
        const planted = inside ? { [member]: [value, { deeper: value }] } : { [member]: value };
        const text = JSON.stringify([planted, tree]).replaceAll(
          '"PLANTED"',
          JSON.stringify(planted),
        );
        const answer = masked(text);
        expect(answer).not.toContain("canary");
        expect(() => JSON.parse(answer)).not.toThrow();
      }),
    );
  });

  it("never appears in an answer to a form, to lines, or to JSON cut anywhere", () => {
    fc.assert(
      fc.property(name, secret, fc.nat(), (member, value, at) => {
        const form = new URLSearchParams([
          ["a", "1"],
          [member, value],
          ["z", "2"],
        ]).toString();
        expect(decodeURIComponent(masked(form))).not.toContain("canary");
        const oneLine = value.replace(/[\r\n\u2028\u2029]/g, " ");
        expect(masked(`a: b\n${member}: ${oneLine}\nc: d`)).not.toContain("canary");
        const json = JSON.stringify({ a: 1, [member]: value, b: [2] });
        expect(masked(json.slice(0, at % (json.length + 1)))).not.toContain("canary");
      }),
    );
  });
});
