import type { Migration } from "kysely";
import * as deliveries from "@/db/migrations/0001-deliveries";
import * as facts from "@/db/migrations/0002-facts";
import * as deployments from "@/db/migrations/0003-deployments";
import * as signals from "@/db/migrations/0004-signals";
import * as work from "@/db/migrations/0005-work";
import * as series from "@/db/migrations/0006-series";
import * as derivationIndexes from "@/db/migrations/0007-derivation-indexes";
import * as access from "@/db/migrations/0008-access";
import * as revisionHeights from "@/db/migrations/0009-revision-heights";
import * as derivationWindow from "@/db/migrations/0010-derivation-window";
import * as metricCells from "@/db/migrations/0011-metric-cells";
import * as slos from "@/db/migrations/0012-slos";
import * as backfills from "@/db/migrations/0013-backfills";
import * as testRuns from "@/db/migrations/0014-test-runs";
import * as goals from "@/db/migrations/0015-goals";
import * as workProgress from "@/db/migrations/0016-work-progress";
import * as sourceMappings from "@/db/migrations/0017-source-mappings";
import * as replays from "@/db/migrations/0018-replays";
import * as backfillSubjects from "@/db/migrations/0019-backfill-subjects";
import * as sourceHealth from "@/db/migrations/0020-source-health";
import * as separations from "@/db/migrations/0021-separations";
import * as deploymentReports from "@/db/migrations/0022-deployment-reports";
import * as incidentMembers from "@/db/migrations/0023-incident-members";
import * as whatWaits from "@/db/migrations/0024-what-waits";

/** Every migration in order. A landed one is frozen: a change is a new number. */
export const migrations: Record<string, Migration> = {
  "0001-deliveries": deliveries,
  "0002-facts": facts,
  "0003-deployments": deployments,
  "0004-signals": signals,
  "0005-work": work,
  "0006-series": series,
  "0007-derivation-indexes": derivationIndexes,
  "0008-access": access,
  "0009-revision-heights": revisionHeights,
  "0010-derivation-window": derivationWindow,
  "0011-metric-cells": metricCells,
  "0012-slos": slos,
  "0013-backfills": backfills,
  "0014-test-runs": testRuns,
  "0015-goals": goals,
  "0016-work-progress": workProgress,
  "0017-source-mappings": sourceMappings,
  "0018-replays": replays,
  "0019-backfill-subjects": backfillSubjects,
  "0020-source-health": sourceHealth,
  "0021-separations": separations,
  "0022-deployment-reports": deploymentReports,
  "0023-incident-members": incidentMembers,
  "0024-what-waits": whatWaits,
};
