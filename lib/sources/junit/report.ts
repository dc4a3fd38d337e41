import { SaxesParser, type SaxesTagPlain } from "saxes";
import { keptCases } from "@/lib/facts/kept-cases";
import type { TestCase, Time } from "@/lib/facts/types";
import { Case } from "@/lib/sources/junit/case";
import { type Counts, Suite } from "@/lib/sources/junit/suite";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

/** What JUnit XML says of a run of tests, whichever tool wrote it. */
export interface Report extends Counts {
  /** As its root calls it, or its one suite. */
  name: string | null;
  /** The earliest that is named with an offset; local times say no moment. */
  startedAt: Time | null;
  seconds: number | null;
  /** Those worth naming: failed, flaky, slowest. */
  cases: TestCase[];
}

/** More names than ours would be a bomb; PHPUnit nests a suite for every folder. */
const deepest = 100;
/** Of one element; each is held until the element is read. */
const attributesAtMost = 200;
/** Between two looks at the cases so far, so that a report of a million holds few. */
const heldCases = 1_000;

/**
 * Reads JUnit XML piece by piece: nested suites, several documents in a row, the
 * dialects of surefire, pytest, Jest, gotestsum, Mocha, PHPUnit and GoogleTest.
 * Cases are counted; only where a suite lists none do its attributes count. Entities
 * of a DTD are refused. Throws UnreadableDelivery: not_xml, too_deep, too_many, no_testsuite.
 */
export class ReportReader {
  private parser = this.newParser();
  private readonly open: string[] = [];
  private readonly suites: Suite[] = [];
  private current: Case | null = null;
  private readonly total = new Suite({});
  private readonly counts: Counts = { tests: 0, failed: 0, skipped: 0, flaky: 0 };
  private readonly rootNames = new Set<string>();
  private readonly suiteNames = new Set<string>();
  private startedAt: Time | null = null;
  private cases: TestCase[] = [];

  write(piece: string): void {
    this.parser.write(piece);
  }

  /** One document has ended; another may follow. */
  endDocument(): void {
    this.parser.close();
    this.parser = this.newParser();
  }

  /** All that the documents said. */
  get report(): Report {
    this.refuseNoSuite();
    return {
      name: onlyOf(this.rootNames) ?? onlyOf(this.suiteNames),
      startedAt: this.startedAt,
      seconds: this.total.seconds,
      ...this.counts,
      cases: keptCases(this.cases),
    };
  }

  refuseNoSuite(): void {
    if (this.suiteNames.size > 0) return;
    throw new UnreadableDelivery("no_testsuite", "testsuite", "at least one testsuite");
  }

  private newParser() {
    const parser = new SaxesParser({ xmlns: false });
    parser.on("error", ({ message }) => {
      const place = message.split("\n")[0]?.slice(0, 200);
      throw new UnreadableDelivery("not_xml", null, `well-formed XML (${place})`);
    });
    let attributes = 0;
    parser.on("attribute", () => {
      attributes += 1;
      if (attributes > attributesAtMost)
        throw new UnreadableDelivery(
          "too_many",
          null,
          `at most ${attributesAtMost} attributes of an element`,
        );
    });
    parser.on("opentag", (tag) => {
      attributes = 0;
      this.enter(tag);
    });
    parser.on("closetag", (tag) => this.leave(tag));
    return parser;
  }

  private enter({ name, attributes }: SaxesTagPlain): void {
    const element = name.slice(name.indexOf(":") + 1);
    const parent = this.open.at(-1);
    this.open.push(element);
    if (this.open.length > deepest)
      throw new UnreadableDelivery("too_deep", null, `at most ${deepest} levels of elements`);
    const suite = this.suites.at(-1);
    if (isSuite(element)) this.enterSuite(element, new Suite(attributes), attributes.timestamp);
    else if (element === "testcase" && suite) this.current = new Case(attributes);
    else if (parent === "testcase") this.current?.add(element);
    else if (suite && parent === "testsuite" && /^(error|failure)$/.test(element))
      this.tally(suite, { name: suite.name || "(suite)", status: "failed", seconds: null });
    else if (suite && element === "property" && attributes.name === "go.version") suite.isGo = true;
  }

  private enterSuite(element: string, suite: Suite, timestamp: string | undefined): void {
    if (element === "testsuite") this.suiteNames.add(suite.name);
    else if (this.suites.length === 0) this.rootNames.add(suite.name);
    const at = toTime(timestamp);
    if (at && (!this.startedAt || at < this.startedAt)) this.startedAt = at;
    this.suites.push(suite);
  }

  private leave({ name }: SaxesTagPlain): void {
    const element = name.slice(name.indexOf(":") + 1);
    this.open.pop();
    const suite = this.suites.at(-1);
    if (element === "testcase" && suite && this.current) {
      const { result } = this.current;
      this.current = null;
      suite.addSeconds(result.seconds);
      if (suite.isGo) suite.addRerun(result);
      else this.tally(suite, result);
    } else if (isSuite(element) && suite) {
      this.suites.pop();
      this.close(suite, this.suites.at(-1) ?? this.total);
    }
  }

  private close(suite: Suite, outer: Suite): void {
    for (const result of suite.joined) this.tally(suite, result);
    const { declared } = suite;
    if (!suite.isCounted) for (const name of countNames) this.counts[name] += declared[name];
    if (suite.isCounted || declared.tests > 0) outer.isCounted = true;
    outer.addSeconds(suite.seconds);
  }

  private tally(suite: Suite, result: TestCase): void {
    suite.isCounted = true;
    this.counts.tests += 1;
    if (result.status !== "succeeded") this.counts[result.status] += 1;
    this.cases.push(result);
    if (this.cases.length > heldCases) this.cases = keptCases(this.cases);
  }
}

const countNames = ["tests", "failed", "skipped", "flaky"] as const;

function isSuite(element: string): boolean {
  return element === "testsuites" || element === "testsuite";
}

/** What all agree on; null where they do not, or it is no name. */
function onlyOf(names: ReadonlySet<string>): string | null {
  const [first, ...others] = names;
  return others.length === 0 && first ? first : null;
}
