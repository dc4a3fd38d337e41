import type {
  AuditTable,
  ConfiguredEnginesTable,
  ConfiguredServicesTable,
  ConfiguredSourcesTable,
  ConfiguredTeamsTable,
  IdentitiesTable,
  InvitationsTable,
  PasswordLinksTable,
  PeopleTable,
  SessionsTable,
  SetUpTokensTable,
  TeamMembersTable,
  ThrottlesTable,
  TokensTable,
  UsedStatesTable,
} from "@/db/schema/access";
import type {
  BuildsTable,
  DeploymentChangesTable,
  DeploymentReportsTable,
  DeploymentsTable,
  DeploymentTracesTable,
  TestRunsTable,
} from "@/db/schema/attempts";
import type { BackfillsTable } from "@/db/schema/backfills";
import type {
  CommitsTable,
  PullRequestsTable,
  PushesTable,
  RevisionEdgesTable,
  RevisionHeightsTable,
} from "@/db/schema/changes";
import type { DeliveriesTable, StatementsTable } from "@/db/schema/deliveries";
import type { ConfiguredGoalsTable } from "@/db/schema/goals";
import type { ReplaysTable, SourceMappingsTable } from "@/db/schema/replays";
import type { SeriesChunksTable, SeriesHeadTable, SeriesTable } from "@/db/schema/series";
import type {
  AlertsTable,
  AssessmentsTable,
  AwaitedJudgementsTable,
  CorrectionsTable,
  DeclaredIncidentsTable,
  IncidentsTable,
  ReleasesTable,
  SeparationsTable,
  VerdictsTable,
} from "@/db/schema/signals";
import type {
  ConfiguredObjectivesTable,
  MainBranchesTable,
  MainBreaksTable,
  SloCellsTable,
  SloMeasuresTable,
} from "@/db/schema/slos";
import type { SourceHoursTable, SourceOutcomesTable } from "@/db/schema/source-health";
import type {
  InstanceSettingsTable,
  LiveOutboxTable,
  LivePositionsTable,
  MetricCellsTable,
  MetricPlacesTable,
  StreamsTable,
  WorkProgressTable,
} from "@/db/schema/work";

export interface Database {
  deliveries: DeliveriesTable;
  statements: StatementsTable;
  commits: CommitsTable;
  pushes: PushesTable;
  pull_requests: PullRequestsTable;
  revision_edges: RevisionEdgesTable;
  revision_heights: RevisionHeightsTable;
  builds: BuildsTable;
  test_runs: TestRunsTable;
  deployment_reports: DeploymentReportsTable;
  deployments: DeploymentsTable;
  deployment_changes: DeploymentChangesTable;
  deployment_traces: DeploymentTracesTable;
  releases: ReleasesTable;
  alerts: AlertsTable;
  declared_incidents: DeclaredIncidentsTable;
  incidents: IncidentsTable;
  verdicts: VerdictsTable;
  corrections: CorrectionsTable;
  separations: SeparationsTable;
  assessments: AssessmentsTable;
  awaited_judgements: AwaitedJudgementsTable;
  streams: StreamsTable;
  work_progress: WorkProgressTable;
  metric_places: MetricPlacesTable;
  metric_cells: MetricCellsTable;
  live_positions: LivePositionsTable;
  live_outbox: LiveOutboxTable;
  instance_settings: InstanceSettingsTable;
  series: SeriesTable;
  series_head: SeriesHeadTable;
  series_chunks: SeriesChunksTable;
  people: PeopleTable;
  identities: IdentitiesTable;
  team_members: TeamMembersTable;
  invitations: InvitationsTable;
  sessions: SessionsTable;
  set_up_tokens: SetUpTokensTable;
  password_links: PasswordLinksTable;
  throttles: ThrottlesTable;
  used_states: UsedStatesTable;
  tokens: TokensTable;
  configured_sources: ConfiguredSourcesTable;
  configured_teams: ConfiguredTeamsTable;
  configured_services: ConfiguredServicesTable;
  configured_engines: ConfiguredEnginesTable;
  configured_goals: ConfiguredGoalsTable;
  source_mappings: SourceMappingsTable;
  replays: ReplaysTable;
  source_hours: SourceHoursTable;
  source_outcomes: SourceOutcomesTable;
  audit: AuditTable;
  backfills: BackfillsTable;
  configured_objectives: ConfiguredObjectivesTable;
  slo_measures: SloMeasuresTable;
  slo_cells: SloCellsTable;
  main_branches: MainBranchesTable;
  main_breaks: MainBreaksTable;
}
