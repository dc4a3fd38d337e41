import { readAnswer } from "@/lib/sources/argocd/answers";
import { openApplication } from "@/lib/sources/argocd/application";
import { readApplication } from "@/lib/sources/argocd/read-application";
import { answeredEvent } from "@/lib/sources/history";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

/** A notification of one Application, or what the API answered of it. */
export function readArgocd(input: DeliveryInput): Reading {
  const answered = answeredEvent(input);
  return answered === null
    ? readApplication(input, openApplication(input))
    : readAnswer(input, answered);
}
