import type { Fault } from "@/scripts/demo/fault-catalogue";

export interface ScriptedFault {
  service: string;
  /** The first production deployment later than this many days before the end takes it. */
  daysBefore: number;
  fault: Fault;
}

/** What every history of ninety days shows at least once, whatever the draws. */
export const scriptedFaults: ScriptedFault[] = [
  {
    service: "catalog",
    daysBefore: 84,
    fault: { story: "error_spike", symptom: "errors", remedy: "rollback" },
  },
  {
    service: "ledger",
    daysBefore: 76,
    fault: {
      story: "dependency_outage",
      symptom: "errors",
      remedy: "rollback",
      dependants: "only",
    },
  },
  {
    service: "checkout",
    daysBefore: 70,
    fault: { story: "declared_hotfix", symptom: "errors", remedy: "hotfix" },
  },
  {
    service: "orders",
    daysBefore: 63,
    fault: { story: "reverted", symptom: "errors", remedy: "revert" },
  },
  {
    service: "web",
    daysBefore: 57,
    fault: { story: "ten_deployments_meanwhile", symptom: "latency", remedy: "wait_then_fix" },
  },
  {
    service: "identity",
    daysBefore: 50,
    fault: {
      story: "dependency_outage",
      symptom: "latency",
      remedy: "fix_forward",
      dependants: "too",
    },
  },
  {
    service: "recommendations",
    daysBefore: 45,
    fault: { story: "memory_leak", symptom: "leak", remedy: "rollback" },
  },
  {
    service: "bff",
    daysBefore: 40,
    fault: { story: "undone_in_silence", symptom: "errors", remedy: "rollback", silent: true },
  },
  {
    service: "search",
    daysBefore: 33,
    fault: { story: "fix_that_did_not_help", symptom: "latency", remedy: "fix_then_rollback" },
  },
  {
    service: "catalog",
    daysBefore: 28,
    fault: { story: "rolled_back_over_another", symptom: "errors", remedy: "deploy_then_rollback" },
  },
  {
    service: "payments-gateway",
    daysBefore: 23,
    fault: { story: "dependency_outage", symptom: "errors", remedy: "rollback", dependants: "too" },
  },
  {
    service: "notifications",
    daysBefore: 18,
    fault: { story: "memory_leak", symptom: "leak", remedy: "rollback" },
  },
  {
    service: "inventory",
    daysBefore: 13,
    fault: { story: "fixed_forward", symptom: "saturation", remedy: "fix_forward" },
  },
  {
    service: "checkout",
    daysBefore: 11,
    fault: { story: "memory_leak", symptom: "leak", remedy: "rollback" },
  },
  {
    service: "web",
    daysBefore: 9,
    fault: { story: "reverted", symptom: "errors", remedy: "revert" },
  },
  {
    service: "ledger",
    daysBefore: 6,
    fault: {
      story: "dependency_outage",
      symptom: "errors",
      remedy: "rollback",
      dependants: "only",
    },
  },
  {
    service: "checkout",
    daysBefore: 4,
    fault: { story: "error_spike", symptom: "errors", remedy: "rollback" },
  },
  {
    service: "search",
    daysBefore: 3,
    fault: { story: "fixed_forward", symptom: "latency", remedy: "fix_forward" },
  },
  {
    service: "fraud",
    daysBefore: 2,
    fault: { story: "error_spike", symptom: "errors", remedy: "rollback" },
  },
  {
    service: "bff",
    daysBefore: 0.4,
    fault: { story: "error_spike", symptom: "errors", remedy: "rollback" },
  },
];
