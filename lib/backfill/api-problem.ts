import { OutboundProblem } from "@/lib/outbound/problem";

/** The API answered, and would answer the same again. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    /** What it said, without anything that was sent. */
    readonly said: string,
  ) {
    super(said ? `It answered ${status}: ${said}` : `It answered ${status}.`);
    this.name = "ApiRefusal";
  }
}

/** The API's limit is reached: asking again helps after that long. */
export class ApiLimit extends Error {
  constructor(
    /** Null where it does not say. */
    readonly milliseconds: number | null,
  ) {
    super("Its limit of questions is reached.");
    this.name = "ApiLimit";
  }
}

/** It is away for a while, and says for how long. */
export class ApiAway extends OutboundProblem {
  constructor(
    status: number,
    readonly milliseconds: number,
  ) {
    super("refused", `It answered ${status}.`);
  }
}
