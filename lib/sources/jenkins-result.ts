import type { AttemptStatus } from "@/lib/facts/types";

/**
 * What the result of a Jenkins build means, in Jenkins' own words, which those who
 * watch Jenkins pass on. An unstable build has failing tests. Ended in a way that
 * is not known here: canceled ones are in no figure.
 */
export function jenkinsResult(
  result: unknown,
): Extract<AttemptStatus, "succeeded" | "failed" | "canceled"> {
  switch (result) {
    case "SUCCESS":
      return "succeeded";
    case "FAILURE":
    case "UNSTABLE":
      return "failed";
    default:
      return "canceled";
  }
}
