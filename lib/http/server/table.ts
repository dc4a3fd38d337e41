import { manifest } from "@/lib/http/manifest";
import type { Route } from "@/lib/http/route";
import { healthRoute, readinessRoute } from "@/lib/http/routes/health";
import {
  eventsRoute,
  otlpMetricsRoute,
  webhookRoute,
  webhookWithKeyRoute,
} from "@/lib/http/routes/ingest";
import { liveRoute } from "@/lib/http/routes/live";
import { metricsExpositionRoute } from "@/lib/http/routes/metrics-exposition";
import { openApiRoute } from "@/lib/http/routes/openapi";
import { answerMetrics } from "@/lib/http/server/answer-metrics";
import { answerOpenApi } from "@/lib/http/server/answer-openapi";
import type { Exchange } from "@/lib/http/server/exchange";
import { followLive } from "@/lib/http/server/follow-live";
import { answerHealth, answerReadiness } from "@/lib/http/server/health";
import type { House } from "@/lib/http/server/house";
import { takeEvents, takeWebhook } from "@/lib/http/server/take-deliveries";
import { takeMetrics } from "@/lib/http/server/take-metrics";

type Answer = (house: House, exchange: Exchange) => Promise<void>;

/** The server's own addresses; the busiest first. */
const answers: [Pick<Route, "operation">, Answer][] = [
  [webhookRoute, takeWebhook],
  [webhookWithKeyRoute, takeWebhook],
  [eventsRoute, takeEvents],
  [otlpMetricsRoute, takeMetrics],
  [liveRoute, followLive],
  [openApiRoute, answerOpenApi],
  [metricsExpositionRoute, answerMetrics],
  [healthRoute, answerHealth],
  [readinessRoute, answerReadiness],
];

interface Entry {
  route: Route;
  pattern: RegExp;
  /** Null where Next answers. */
  answer: Answer | null;
}

export type Finding =
  | { answer: Answer; operation: string; parameters: Record<string, string> }
  | { answer: null; operation: string }
  /** The path is known, by other methods. */
  | { methods: string[] };

/** Who answers a request; null where the manifest knows no such path. */
export function findAnswer(method: string, path: string): Finding | null {
  const methods: string[] = [];
  for (const { route, pattern, answer } of entries) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (route.method !== method && !(route.method === "GET" && method === "HEAD")) {
      methods.push(route.method);
      continue;
    }
    const { operation } = route;
    if (!answer) return { answer, operation };
    const parameters = decodeParameters(match.groups ?? {});
    return parameters && { answer, operation, parameters };
  }
  return methods.length > 0 ? { methods } : null;
}

/** Operations of side "server" that nothing here answers, and the reverse; a test holds it empty. */
export function unansweredOperations(): string[] {
  const owned = manifest.filter((route) => route.side === "server");
  const names = new Set(answers.map(([route]) => route.operation));
  return [
    ...owned.filter((route) => !names.delete(route.operation)).map((route) => route.operation),
    ...names,
  ];
}

const entries: Entry[] = orderedManifest().map((route) => ({
  route,
  pattern: patternOf(route.path),
  answer: answers.find(([{ operation }]) => operation === route.operation)?.[1] ?? null,
}));

function orderedManifest(): Route[] {
  const rank = (route: Route) => {
    const place = answers.findIndex(([{ operation }]) => operation === route.operation);
    return place === -1 ? answers.length : place;
  };
  return [...manifest].sort((one, other) => rank(one) - rank(other));
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(".", "\\.");
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}

/** Null where a part is not properly escaped: there is no such address. */
function decodeParameters(groups: Record<string, string>): Record<string, string> | null {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return null;
  }
}
