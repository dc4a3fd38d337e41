import {
  buildsQuery,
  deliveriesQuery,
  deploymentsQuery,
  environmentsQuery,
  incidentsQuery,
  metricsQuery,
} from "@/app/_query/queries";
import { readWindow } from "@/app/_window/window";

/** What the cockpit asks: its parts and the server take the same questions from here. */
export const openIncidentsQuestion = incidentsQuery({ open: true, limit: 50 });
export const environmentsQuestion = environmentsQuery();
export const lastPushesQuestion = deploymentsQuery({ limit: 18 });
export const runningBuildsQuestion = buildsQuery({ status: "running,queued", limit: 8 });
export const finishedBuildsQuestion = buildsQuery({ status: "succeeded", limit: 200 });
export const firstDeliveryQuestion = deliveriesQuery({ limit: 1 });

/** 28 days by day, up to now. */
export function todayQuestion(now: number, timezone: string) {
  const { from, to } = readWindow(null, null, "-28d", now);
  return metricsQuery({
    from: from.toISOString(),
    to: to.toISOString(),
    bucket: "day",
    timezone,
  });
}

export function cockpitQuestions(now: number, timezone: string) {
  return [
    openIncidentsQuestion,
    environmentsQuestion,
    lastPushesQuestion,
    runningBuildsQuestion,
    finishedBuildsQuestion,
    firstDeliveryQuestion,
    todayQuestion(now, timezone),
  ];
}
