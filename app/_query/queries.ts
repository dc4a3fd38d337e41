import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Search, searchText } from "@/app/_query/address";
import { getAnswer } from "@/app/_query/answer";
import type { AuditAnswer } from "@/lib/audit/audit-answer";
import type { InvitationAnswer } from "@/lib/auth/people/list-invitations";
import type { PersonAnswer } from "@/lib/auth/people/list-people";
import type { MeAnswer } from "@/lib/auth/people/read-me";
import type { SessionAnswer } from "@/lib/auth/sessions/own-sessions";
import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import type { TestRunAnswer } from "@/lib/facts/list-test-runs";
import type { DeploymentAnswer, IncidentAnswer, Page, SuspectsAnswer } from "@/lib/http/answers";
import type {
  BuildAnswer,
  ChangeAnswer,
  DeliveryAnswer,
  JourneyAnswer,
  ReleaseAnswer,
} from "@/lib/http/fact-answers";
import type { MarkerAnswer, MetricsAnswer, SeriesAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import type {
  BatchesAnswer,
  FailureAnswer,
  LevelsAnswer,
  RemediesAnswer,
} from "@/lib/http/insight-answers";
import type {
  BuildsTrendAnswer,
  TestCasesAnswer,
  TestsTrendAnswer,
} from "@/lib/http/pipeline-answers";
import type { MappingAnswer, ReplayAnswer } from "@/lib/http/replay-answers";
import type { EnvironmentAnswer, ServiceAnswer } from "@/lib/http/service-answers";
import type {
  EngineAnswer,
  ProviderAnswer,
  ProviderGuideAnswer,
  ServiceRuleAnswer,
  SourceAnswer,
  TokenAnswer,
} from "@/lib/http/settings-answers";
import type {
  BurnDownAnswer,
  MainBranchAnswer,
  ObjectiveAnswer,
  SloAnswer,
  SloEventAnswer,
} from "@/lib/http/slo-answers";
import type { SourceHealthAnswer } from "@/lib/http/source-health-answers";
import type { WorkAnswer } from "@/lib/http/work-answers";
import type { DeliveryDetailAnswer } from "@/lib/ingest/read-delivery";
import type { TeamAnswer } from "@/lib/services/list-teams";

/**
 * The questions that pages ask. A key is [path, search], so that the server can
 * answer the same key beforehand and the live stream can mark whole paths stale.
 */

const api = "/api/v1";

export const deploymentsQuery = (filter: Search) =>
  question<Page<DeploymentAnswer>>(`${api}/deployments`, filter);
export const deploymentQuery = (id: string) =>
  question<DeploymentAnswer>(`${api}/deployments/${encodeURIComponent(id)}`);
export const incidentsQuery = (filter: Search) =>
  question<Page<IncidentAnswer>>(`${api}/incidents`, filter);
export const incidentQuery = (id: string) =>
  question<IncidentAnswer>(`${api}/incidents/${encodeURIComponent(id)}`);
export const suspectsQuery = (incident: string) =>
  question<SuspectsAnswer>(`${api}/incidents/${encodeURIComponent(incident)}/suspects`);
export const servicesQuery = () => question<Page<ServiceAnswer>>(`${api}/services`);
export const teamsQuery = () => question<Page<TeamAnswer>>(`${api}/teams`);
export const environmentsQuery = () => question<Page<EnvironmentAnswer>>(`${api}/environments`);
export const buildsQuery = (filter: Search) => question<Page<BuildAnswer>>(`${api}/builds`, filter);
export const deliveriesQuery = (filter: Search) =>
  question<Page<DeliveryAnswer>>(`${api}/deliveries`, filter);
export const deliveryQuery = (id: string) =>
  question<DeliveryDetailAnswer>(`${api}/deliveries/${encodeURIComponent(id)}`);
export const workQuery = () => question<{ items: WorkAnswer[] }>(`${api}/work`);
export const metricsQuery = (filter: Search) => question<MetricsAnswer>(`${api}/metrics`, filter);
export const levelsQuery = () => question<LevelsAnswer>(`${api}/levels`);
export const remediesQuery = (filter: Search) =>
  question<RemediesAnswer>(`${api}/insights/remedies`, filter);
export const batchesQuery = (filter: Search) =>
  question<BatchesAnswer>(`${api}/insights/batches`, filter);
export const goalsQuery = (team?: string) => question<Page<GoalAnswer>>(`${api}/goals`, { team });
export const buildsTrendQuery = (filter: Search) =>
  question<BuildsTrendAnswer>(`${api}/pipelines/builds`, filter);
export const testsTrendQuery = (filter: Search) =>
  question<TestsTrendAnswer>(`${api}/pipelines/tests`, filter);
export const testCasesQuery = (filter: Search) =>
  question<TestCasesAnswer>(`${api}/pipelines/test-cases`, filter);
export const journeyQuery = (sha: string, repository?: string) =>
  question<JourneyAnswer>(`${api}/changes/${encodeURIComponent(sha)}`, { repository });
export const seriesQuery = (filter: Search) => question<SeriesAnswer>(`${api}/series`, filter);
export const seriesNamesQuery = (service: string, environment: string) =>
  question<{ metrics: SeriesName[] }>(`${api}/series`, { service, environment });
export const markersQuery = (filter: Search) =>
  question<{ items: MarkerAnswer[] }>(`${api}/markers`, filter);

export const slosQuery = (filter: Search) =>
  question<Page<SloAnswer>>(`${api}/slos`, { ...filter, burnDown: true });
export const burnDownQuery = (id: string, at: string | null) =>
  question<BurnDownAnswer>(`${api}/slos/${encodeURIComponent(id)}/burn-down`, { at });
export const sloEventPages = (id: string, filter: Search) =>
  pages<SloEventAnswer>(`${api}/slos/${encodeURIComponent(id)}/events`, { ...filter, limit: 50 });
export const mainBranchesQuery = (filter: Search = {}) =>
  question<Page<MainBranchAnswer>>(`${api}/main-branches`, filter);
export const objectivesQuery = () => question<Page<ObjectiveAnswer>>(`${api}/objectives`);

export const meQuery = () => question<MeAnswer>(`${api}/me`);
export const sessionsQuery = () =>
  question<Page<SessionAnswer>>(`${api}/me/sessions`, { limit: 200 });
/** For choosing among them. */
export const peopleQuery = () => question<Page<PersonAnswer>>(`${api}/people`, { limit: 500 });
export const peoplePages = () => pages<PersonAnswer>(`${api}/people`, { limit: 100 });
export const invitationPages = () => pages<InvitationAnswer>(`${api}/invitations`, { limit: 20 });
export const signInWaysQuery = () => question<SignInWays>(`${api}/sign-in`);
export const backfillsQuery = () => question<Page<BackfillAnswer>>(`${api}/backfills`);
export const sourcesQuery = () => question<Page<SourceAnswer>>(`${api}/sources`);
export const mappingQuery = (source: string) =>
  question<MappingAnswer>(`${api}/sources/${encodeURIComponent(source)}/mapping`);
export const replayQuery = (source: string) =>
  question<ReplayAnswer>(`${api}/sources/${encodeURIComponent(source)}/replay`);
export const sourceHealthQuery = (name: string) =>
  question<SourceHealthAnswer>(`${api}/sources/${encodeURIComponent(name)}/health`);
export const providersQuery = () => question<Page<ProviderAnswer>>(`${api}/providers`);
export const providerGuideQuery = (provider: string) =>
  question<ProviderGuideAnswer>(`${api}/providers/${encodeURIComponent(provider)}`);
export const tokensQuery = () => question<Page<TokenAnswer>>(`${api}/tokens`);
export const serviceRulesQuery = () => question<Page<ServiceRuleAnswer>>(`${api}/service-rules`);
export const enginesQuery = () => question<Page<EngineAnswer>>(`${api}/engines`);

export const deploymentPages = (filter: Search) =>
  pages<DeploymentAnswer>(`${api}/deployments`, filter);
export const buildPages = (filter: Search) => pages<BuildAnswer>(`${api}/builds`, filter);
export const testRunPages = (filter: Search) => pages<TestRunAnswer>(`${api}/test-runs`, filter);
export const changePages = (filter: Search) => pages<ChangeAnswer>(`${api}/changes`, filter);
export const releasePages = (filter: Search) => pages<ReleaseAnswer>(`${api}/releases`, filter);
export const failurePages = (filter: Search) =>
  pages<FailureAnswer>(`${api}/insights/failures`, filter);
export const incidentPages = (filter: Search) => pages<IncidentAnswer>(`${api}/incidents`, filter);
export const deliveryPages = (filter: Search) => pages<DeliveryAnswer>(`${api}/deliveries`, filter);
export const auditPages = (filter: Search) => pages<AuditAnswer>(`${api}/audit`, filter);

export interface SignInWays {
  providers: { name: string; title: string }[];
}

export interface SeriesName {
  metric: string;
  unit: string;
  title: string;
}

function question<Answer>(path: string, search: Search = {}) {
  return queryOptions({
    queryKey: [path, searchText(search)] as const,
    queryFn: ({ signal }) => getAnswer<Answer>(path, search, signal),
    // A window that moves with the clock is a new key each time: what was there stays until it answers.
    placeholderData: keepPreviousData,
  });
}

function pages<Item>(path: string, search: Search) {
  return infiniteQueryOptions({
    queryKey: [path, searchText(search), "pages"] as const,
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) =>
      getAnswer<Page<Item>>(path, { ...search, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
