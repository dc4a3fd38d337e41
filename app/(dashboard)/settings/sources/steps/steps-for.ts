import { alertmanagerSteps } from "./alertmanager";
import { cdeventsSteps, cloudeventsSteps, nativeSteps } from "./events";
import { githubSteps } from "./github";
import type { Given, Step } from "./given";

const byProvider: Record<string, (given: Given) => Step[]> = {
  alertmanager: alertmanagerSteps,
  cdevents: cdeventsSteps,
  cloudevents: cloudeventsSteps,
  github: githubSteps,
  native: nativeSteps,
};

/** What to do at the provider, in order; null for one that has no steps written yet. */
export function stepsFor(given: Given): Step[] | null {
  return byProvider[given.provider]?.(given) ?? null;
}
