import type { TestCase } from "@/lib/facts/types";
import { countOf, secondsOf } from "@/lib/sources/junit/figures";

export interface Counts {
  tests: number;
  failed: number;
  skipped: number;
  flaky: number;
}

/** A testsuites or testsuite that is being read, with what is known of its parts. */
export class Suite {
  /** Of Go's tests, whose names are their own: the same name again is the same test again. */
  private readonly results = new Map<string, TestCase>();
  isGo = false;
  /** Whether anything in it was counted, by cases or by the counts of a suite inside. */
  isCounted = false;
  /** Of the parts that are closed; null while none has said. */
  private partsSeconds: number | null = null;

  constructor(private readonly attributes: Record<string, string>) {}

  addSeconds(seconds: number | null): void {
    if (seconds !== null) this.partsSeconds = (this.partsSeconds ?? 0) + seconds;
  }

  /** Its own word, unless that is missing or a nought that its parts belie. */
  get seconds(): number | null {
    const own = secondsOf(this.attributes.time);
    return own || this.partsSeconds || own;
  }

  /** As its attributes say them, for reports that list no cases. */
  get declared(): Counts {
    const { attributes } = this;
    return {
      tests: countOf(attributes, "tests"),
      failed: countOf(attributes, "failures") + countOf(attributes, "errors"),
      skipped: countOf(attributes, "skipped", "skip") + countOf(attributes, "disabled"),
      flaky: countOf(attributes, "flakes"),
    };
  }

  get name(): string {
    return this.attributes.name?.trim() ?? "";
  }

  /** The last result of a test counts; one that failed before it passed is flaky. */
  addRerun(result: TestCase): void {
    const before = this.results.get(result.name)?.status;
    const isFlaky = (before === "failed" || before === "flaky") && result.status === "succeeded";
    this.results.set(result.name, isFlaky ? { ...result, status: "flaky" } : result);
  }

  get joined(): Iterable<TestCase> {
    return this.results.values();
  }
}
