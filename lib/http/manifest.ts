import type { Route } from "@/lib/http/route";
import * as account from "@/lib/http/routes/account";
import * as audit from "@/lib/http/routes/audit";
import * as backfills from "@/lib/http/routes/backfills";
import * as deliveries from "@/lib/http/routes/deliveries";
import * as deployments from "@/lib/http/routes/deployments";
import * as engines from "@/lib/http/routes/engines";
import * as facts from "@/lib/http/routes/facts";
import * as goals from "@/lib/http/routes/goals";
import * as health from "@/lib/http/routes/health";
import * as incidents from "@/lib/http/routes/incidents";
import * as ingest from "@/lib/http/routes/ingest";
import * as insights from "@/lib/http/routes/insights";
import * as live from "@/lib/http/routes/live";
import * as metrics from "@/lib/http/routes/metrics";
import * as metricsExposition from "@/lib/http/routes/metrics-exposition";
import * as openapi from "@/lib/http/routes/openapi";
import * as people from "@/lib/http/routes/people";
import * as pipelines from "@/lib/http/routes/pipelines";
import * as replays from "@/lib/http/routes/replays";
import * as series from "@/lib/http/routes/series";
import * as serviceRules from "@/lib/http/routes/service-rules";
import * as services from "@/lib/http/routes/services";
import * as signInProviders from "@/lib/http/routes/sign-in-providers";
import * as slos from "@/lib/http/routes/slos";
import * as sources from "@/lib/http/routes/sources";
import * as teams from "@/lib/http/routes/teams";
import * as tokens from "@/lib/http/routes/tokens";
import * as tools from "@/lib/http/routes/tools";
import * as work from "@/lib/http/routes/work";

/**
 * Every address Pushline answers; each noun's routes stand in routes/<noun>.ts.
 * The schemas' types are forgotten here: `handle` takes the typed route.
 */
export const manifest: readonly Route[] = [
  deployments,
  incidents,
  facts,
  services,
  metrics,
  pipelines,
  insights,
  goals,
  series,
  ingest,
  tools,
  deliveries,
  live,
  metricsExposition,
  health,
  account,
  signInProviders,
  people,
  audit,
  sources,
  replays,
  backfills,
  engines,
  serviceRules,
  slos,
  teams,
  tokens,
  work,
  openapi,
].flatMap((noun) => Object.values(noun) as unknown as Route[]);
