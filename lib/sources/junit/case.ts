import type { TestCase } from "@/lib/facts/types";
import { secondsOf } from "@/lib/sources/junit/figures";
import { text } from "@/lib/sources/payload";

const nameLength = 300;

/** A testcase that is being read. */
export class Case {
  private hasFailed = false;
  private wasRunAgain = false;
  private isSkipped: boolean;

  constructor(private readonly attributes: Record<string, string>) {
    // GoogleTest says it by attributes.
    const said = [attributes.status, attributes.result].map((word) => word?.toLowerCase() ?? "");
    this.isSkipped = said.some((word) => notRun.includes(word));
  }

  /** An element right below: what became of the case. */
  add(element: string): void {
    switch (element) {
      case "failure":
      case "error":
        this.hasFailed = true;
        break;
      case "skipped":
      case "disabled":
        this.isSkipped = true;
        break;
      // Surefire: a flaky one passed in the end; reruns beside a failure failed all.
      case "flakyFailure":
      case "flakyError":
      case "rerunFailure":
      case "rerunError":
        this.wasRunAgain = true;
        break;
    }
  }

  get result(): TestCase {
    return { name: this.name, status: this.status, seconds: secondsOf(this.attributes.time) };
  }

  private get status(): TestCase["status"] {
    if (this.hasFailed) return "failed";
    if (this.wasRunAgain) return "flaky";
    return this.isSkipped ? "skipped" : "succeeded";
  }

  private get name(): string {
    const own = this.attributes.name?.trim() ?? "";
    const group = (this.attributes.classname ?? this.attributes.class ?? "").trim();
    const isNamed = own !== "" && (group === "" || own.startsWith(group));
    const whole = isNamed ? own : [group, own].filter(Boolean).join(" › ");
    return text(whole, nameLength) ?? "(unnamed)";
  }
}

const notRun = ["notrun", "skipped", "suppressed", "disabled", "ignored", "pending"];
