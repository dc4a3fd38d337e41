import { manifest } from "@/lib/http/manifest";
import type { Route } from "@/lib/http/route";
import { healthRoute, readinessRoute } from "@/lib/http/routes/health";
import {
  eventsRoute,
  otlpMetricsRoute,
  testRunRoute,
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
import { takeEvents, takeTestRun, takeWebhook } from "@/lib/http/server/take-deliveries";
import { toolAnswers } from "@/lib/http/server/take-for-tools";
import { takeMetrics } from "@/lib/http/server/take-metrics";

type Answer = (house: House, exchange: Exchange) => Promise<void>;

/** The server's own addresses; the busiest first. */
const answers: [Pick<Route, "operation">, Answer][] = [
  [webhookRoute, takeWebhook],
  [webhookWithKeyRoute, takeWebhook],
  [eventsRoute, takeEvents],
  [otlpMetricsRoute, takeMetrics],
  [testRunRoute, takeTestRun],
  [liveRoute, followLive],
  [openApiRoute, answerOpenApi],
  [metricsExpositionRoute, answerMetrics],
  [healthRoute, answerHealth],
  [readinessRoute, answerReadiness],
  ...toolAnswers,
];

interface Entry {
  route: Route;
  pattern: RegExp;
  /** Of the pattern's groups, in their order. */
  names: string[];
  /** Null where Next answers. */
  answer: Answer | null;
}

export type Finding = {
  /** Senders are counted by their source, and probes come from where they come. */
  isUncounted?: boolean;
} & (
  | { answer: Answer; operation: string; parameters: Record<string, string> }
  | { answer: null; operation: string }
  /** The path is known, by other methods. */
  | { methods: string[] }
);

const uncounted = new Set(
  [
    webhookRoute,
    webhookWithKeyRoute,
    eventsRoute,
    otlpMetricsRoute,
    testRunRoute,
    healthRoute,
    readinessRoute,
    ...toolAnswers.map(([route]) => route),
  ].map(({ operation }) => operation),
);

/** Who answers a request; null where the manifest knows no such path. */
export function findAnswer(method: string, path: string): Finding | null {
  const methods: string[] = [];
  for (const entry of fixedPaths.get(path) ?? patterns) {
    const groups = entry.pattern.exec(path);
    if (!groups) continue;
    const { route, names, answer } = entry;
    const { operation } = route;
    if (route.method !== method && !(route.method === "GET" && method === "HEAD"))
      methods.push(route.method);
    else if (!answer) return { answer, operation };
    else {
      const parameters = decodeParameters(names, groups);
      const isUncounted = uncounted.has(operation);
      return parameters && { answer, operation, parameters, isUncounted };
    }
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
  names: [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
  answer: answers.find(([{ operation }]) => operation === route.operation)?.[1] ?? null,
}));

/** Most paths have no parameters, and need no pattern tried. */
const fixedPaths = new Map<string, Entry[]>();
const patterns = entries.filter(({ names }) => names.length > 0);
for (const entry of entries)
  if (entry.names.length === 0)
    fixedPaths.set(entry.route.path, [...(fixedPaths.get(entry.route.path) ?? []), entry]);

function orderedManifest(): Route[] {
  const rank = (route: Route) => {
    const place = answers.findIndex(([{ operation }]) => operation === route.operation);
    return place === -1 ? answers.length : place;
  };
  return [...manifest].sort((one, other) => rank(one) - rank(other));
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(".", "\\.");
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, "([^/]+)")}$`);
}

/** Null where a part is not properly escaped: there is no such address. */
function decodeParameters(
  names: readonly string[],
  groups: readonly string[],
): Record<string, string> | null {
  const parameters: Record<string, string> = {};
  try {
    for (const [index, name] of names.entries())
      parameters[name] = decodeURIComponent(groups[index + 1] ?? "");
  } catch {
    return null;
  }
  return parameters;
}
