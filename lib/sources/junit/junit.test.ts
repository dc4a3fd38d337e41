import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { junit } from "@/lib/sources/junit";
import { checkReport } from "@/lib/sources/junit/check-report";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const query = "repository=acme%2Fcheckout&revision=4f2c9d1";
const read = (body: string | Buffer, search = query) =>
  junit.read({
    source: "ci",
    headers: { "pushline-query": search },
    body: Buffer.from(body),
    receivedAt,
  });
const run = (body: string | Buffer, search = query) =>
  factOf("test_run", statementsOf(read(body, search)))?.members;
const fixture = (file: string) =>
  factOf("test_run", statementsOf(junit.read(deliveryOf("junit", file))))?.members;
const namesOf = (members: ReturnType<typeof run>, status: string) =>
  Object.values(members?.cases ?? {})
    .filter((each) => each.status === status)
    .map(({ name }) => name);
const secondsIn = (members: ReturnType<typeof run>) =>
  (Date.parse(members?.finishedAt ?? "") - Date.parse(members?.startedAt ?? "")) / 1000;

const attributes = (count: number) =>
  Array.from({ length: count }, (_, index) => `a${index}=""`).join(" ");

describe("a dialect", () => {
  it.each([
    ["surefire.1.xml", { tests: 5, failed: 2, skipped: 1, flaky: 1, status: "failed" }],
    ["surefire-several.1.xml", { tests: 3, failed: 0, skipped: 0, flaky: 0, name: null }],
    ["pytest.1.xml", { tests: 6, failed: 2, skipped: 2, flaky: 0, name: "pytest tests" }],
    ["jest-junit.1.xml", { tests: 4, failed: 1, skipped: 1, flaky: 0, name: "jest tests" }],
    ["gotestsum.1.xml", { tests: 4, failed: 1, skipped: 1, flaky: 1, status: "failed" }],
    ["mocha.1.xml", { tests: 3, failed: 1, skipped: 1, flaky: 0, name: "Mocha Tests" }],
    ["phpunit.1.xml", { tests: 4, failed: 1, skipped: 1, flaky: 0 }],
    ["googletest.1.xml", { tests: 3, failed: 0, skipped: 2, flaky: 0, status: "succeeded" }],
    ["counts-only.1.xml", { tests: 50, failed: 3, skipped: 4, flaky: 0, status: "failed" }],
  ])("of %s is counted as its tool counts", (file, expected) => {
    expect(fixture(file)).toMatchObject(expected);
  });

  it.each([
    ["surefire.1.xml", 1204.512],
    ["surefire-several.1.xml", 0.762],
    ["pytest.1.xml", 12.345],
    ["jest-junit.1.xml", 7.42],
    ["gotestsum.1.xml", 9.871],
    ["phpunit.1.xml", 2.31],
    ["counts-only.1.xml", 74.4],
  ])("of %s took what its outermost word says", (file, seconds) => {
    expect(secondsIn(fixture(file))).toBe(seconds);
  });
});

describe("flaky", () => {
  it("is a case that failed and passed when it was run again, by surefire's own word", () => {
    const members = fixture("surefire.1.xml");
    expect(namesOf(members, "flaky")).toEqual([
      "com.acme.checkout.TaxServiceTest › readsTheRatesOfEveryCountry",
    ]);
    expect(namesOf(members, "failed")).toContain(
      "com.acme.checkout.TaxServiceTest › refusesANegativeSum",
    );
  });

  it("is a Go test told twice, first failed and then passed; elsewhere two of one name are two", () => {
    expect(namesOf(fixture("gotestsum.1.xml"), "flaky")).toEqual([
      "github.com/acme/ledger/posting › TestPost/twice",
    ]);
    const twice = '<testcase name="a"><failure/></testcase><testcase name="a"/>';
    expect(run(`<testsuite>${twice}</testsuite>`)).toMatchObject({ tests: 2, failed: 1, flaky: 0 });
  });
});

describe("times", () => {
  it("with an offset say when it ran", () => {
    expect(fixture("pytest.1.xml")).toMatchObject({
      startedAt: "2026-11-02T08:15:00.123Z",
      finishedAt: "2026-11-02T08:15:12.468Z",
    });
  });

  it("without one say nothing: then it has finished just before it came", () => {
    const [statement] = statementsOf(junit.read(deliveryOf("junit", "jest-junit.1.xml")));
    expect(statement).toMatchObject({
      timeFromReceipt: true,
      members: { finishedAt: receivedAt.toISOString(), startedAt: "2026-11-21T08:59:52.580Z" },
    });
  });

  it("of the query outrank the report's", () => {
    const search = `${query}&startedAt=2026-11-01T10:00:00Z`;
    expect(run('<testsuite time="60" timestamp="2026-11-02T00:00:00Z"/>', search)).toMatchObject({
      startedAt: "2026-11-01T10:00:00.000Z",
      finishedAt: "2026-11-01T10:01:00.000Z",
    });
  });

  it("are unknown where neither the report nor its cases have any", () => {
    expect(run('<testsuite><testcase name="a"/></testsuite>')?.startedAt).toBeNull();
    expect(secondsIn(run('<testsuite><testcase name="a" time="0,25"/></testsuite>'))).toBe(0.25);
  });
});

it("takes branch, name and coverage from the query", () => {
  expect(
    run("<testsuite name='x'/>", `${query}&branch=main&name=unit&coverage=0.87`),
  ).toMatchObject({ branch: "main", name: "unit", coverage: 0.87, repository: "acme/checkout" });
});

it("the same report about another revision is another run, and the same again is the same", () => {
  const keyOf = (search: string) => statementsOf(read("<testsuite/>", search))[0]?.key;
  expect(keyOf(query)).toBe(keyOf(query));
  expect(keyOf(query)).not.toBe(keyOf(`${query}0`));
});

describe("bounds", () => {
  it("keeps the 50 first failures and the 50 slowest of a hundred thousand by name, and counts all", () => {
    const cases = Array.from({ length: 100_000 }, (_, index) =>
      index % 100 === 0
        ? `<testcase name="f${index}" time="0"><failure/></testcase>`
        : `<testcase name="c${index}" time="${index / 1000}"/>`,
    );
    const members = run(`<testsuite>${cases.join("")}</testsuite>`);
    expect(members).toMatchObject({ tests: 100_000, failed: 1_000 });
    expect(namesOf(members, "failed")).toEqual(Array.from({ length: 50 }, (_, i) => `f${i * 100}`));
    expect(namesOf(members, "succeeded")[0]).toBe("c99999");
    expect(Object.keys(members?.cases ?? {})).toHaveLength(100);
  });

  it("cuts a name at 300 characters", () => {
    const members = run(`<testsuite><testcase name="${"n".repeat(5_000)}" time="1"/></testsuite>`);
    expect(namesOf(members, "succeeded")[0]).toHaveLength(300);
  });
});

describe("refuses", () => {
  it.each([
    ["JSON", '{"a":1}', "not_xml"],
    ["half a report", "<testsuites><testsuite>", "not_xml"],
    ["another document", "<html><body/></html>", "no_testsuite"],
    ["an empty list", "<testsuites/>", "no_testsuite"],
    [
      "a billion laughs",
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><testsuite name="x">&b;</testsuite>',
      "not_xml",
    ],
    [
      "an entity of a file",
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><testsuite>&a;</testsuite>',
      "not_xml",
    ],
    ["100,000 levels", "<testsuite>".repeat(100_000), "too_deep"],
    ["100,000 attributes", `<testsuite ${attributes(100_000)}/>`, "too_many"],
    ["100,000 documents", '<?xml version="1.0"?><testsuite/>'.repeat(100_000), "too_many"],
    ["bytes of no text", Buffer.from([0x3c, 0xff, 0xfe]), "not_utf8"],
  ])("%s", (_name, body, code) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code }));
  });

  it("a query without a repository, by the field", () => {
    expect(() => read("<testsuite/>", "revision=1")).toThrow(
      expect.objectContaining({ code: "invalid_field", field: "repository" }),
    );
  });
});

it("is checked one report after another, also behind one that is refused", async () => {
  const ended: string[] = [];
  const refused = `<testsuite>${"<testcase/>".repeat(50_000)}`;
  await Promise.all([
    checkReport(Buffer.from(refused)).catch(() => ended.push("the long one")),
    checkReport(Buffer.from("<testsuite/>")).then(() => ended.push("the short one")),
  ]);
  expect(ended).toEqual(["the long one", "the short one"]);
});

it("takes control characters that test output leaks, and another encoding that it names", () => {
  const leaky =
    '<testsuite><testcase name="a&#27;b"><failure>\x1b[31m</failure></testcase></testsuite>';
  expect(namesOf(run(leaky), "failed")).toEqual(["ab"]);
  const latin = Buffer.from(
    '<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="gr\xfcn" time="1"/></testsuite>',
    "latin1",
  );
  expect(namesOf(run(latin), "succeeded")).toEqual(["grün"]);
});

it("counts every case once, however the suites are nested", () => {
  const status = fc.constantFrom("", "<failure/>", "<error/>", "<skipped/>", "<flakyFailure/>");
  const suite = fc.letrec<{ suite: string; part: string }>((tie) => ({
    part: fc.oneof(
      { maxDepth: 5 },
      status.map((inner) => `<testcase name="a">${inner}</testcase>`),
      tie("suite"),
    ),
    suite: fc
      .array(tie("part"), { maxLength: 4 })
      // What it claims itself is belied wherever it lists cases.
      .map((parts) => `<testsuite tests="${parts.length ? 99 : 0}">${parts.join("")}</testsuite>`),
  })).suite;
  fc.assert(
    fc.property(suite, (xml) => {
      const counted = (text: string) => xml.split(text).length - 1;
      fc.pre(counted("<testcase") > 0);
      expect(run(`<testsuites>${xml}</testsuites>`)).toMatchObject({
        failed: counted("<failure/>") + counted("<error/>"),
        skipped: counted("<skipped/>"),
        flaky: counted("<flakyFailure/>"),
      });
    }),
  );
});
