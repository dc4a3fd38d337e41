import type { Instance } from "@/scripts/faults/instance";

/** What one measurement came to. */
export interface Finding {
  figure: string;
  pass: boolean;
}

/** One row of the fault runs: a load and what holds under it. */
export interface Fault {
  row: number;
  load: string;
  run(instance: Instance): Promise<Finding>;
}
