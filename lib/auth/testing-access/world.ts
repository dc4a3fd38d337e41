import type { TestDatabase } from "@/db/testing";
import { hashSecret } from "@/lib/auth/secrets";
import { signedIn } from "@/lib/auth/testing";
import { canary, outside, tellOf } from "@/lib/auth/testing-access/tellings";
import { fixedClock } from "@/lib/clock";
import { type Config, toToken } from "@/lib/config";
import type { Context } from "@/lib/context";
import { publicId } from "@/lib/facts/keys";
import { testSource } from "@/lib/http/server/testing";
import { setCause } from "@/lib/incidents/set-cause";
import { clock, deliver, settleAll, sha } from "@/lib/projection/testing";
import { type Objective, objectiveId } from "@/lib/slo/objective";
import { testContext } from "@/lib/testing/context";

/** What the samples of the access test speak of. */
export interface World {
  database: TestDatabase;
  context: Context;
  /** The same instance as its operator opens it without sign-in. */
  opened: Context;
  /** Public ids of things of atlas, by what they are; and of what atlas-hook delivered. */
  ids: Record<ThingName, string>;
  /** The same of what lies outside of every narrower token's reach. */
  outsideIds: Record<ThingName, string>;
  /** A person whom nobody of the personas is. */
  person: string;
}
export type ThingName = "deployment" | "incident" | "delivery" | "revision";

const all = ["ingest", "read", "write", "admin"] as const;
const rule = { paths: [], deployments: [] };

/** An instance with the service atlas of team alpha, and another's that nobody narrower may hear of. */
const outsideObjective: Objective = {
  indicator: "recovery",
  scope: { kind: "service", name: outside.service },
  thresholdSeconds: 3600,
  target: 0.9,
  windowDays: 28,
};

const file: Partial<Config> = {
  teams: [
    { name: "alpha", timezone: "UTC" },
    { name: outside.team, timezone: "UTC" },
  ],
  environments: [{ match: "live-*", tier: "production", group: null }],
  services: [
    {
      ...rule,
      name: "atlas",
      repository: "acme/atlas",
      team: "alpha",
      dependsOn: [outside.service],
    },
    {
      ...rule,
      name: outside.service,
      repository: outside.repository,
      team: outside.team,
      dependsOn: ["atlas"],
    },
  ],
  sources: [
    testSource({ name: "atlas-hook" }),
    testSource({ name: "atlas-path", auth: "path" }),
    testSource({ name: "atlas-mapped", provider: "mapping", auth: "bearer" }),
    testSource({ name: "pipeline" }),
    testSource({ name: outside.source, secrets: [`secret ${canary}`] }),
  ],
  goals: ["alpha", outside.team].map((team) => ({
    team,
    metric: "lead_time" as const,
    target: 86_400,
    by: "2027-03-31",
    since: "2026-11-01",
  })),
  slos: [outsideObjective],
  engines: [{ name: outside.engine, url: `http://${canary}.test/` }],
  provisioned: {
    teams: ["alpha", outside.team],
    sources: ["atlas-hook", outside.source],
    tokens: ["serviceToken"],
    services: ["atlas", outside.service],
    engines: [outside.engine],
    slos: [objectiveId(outsideObjective)],
  },
  tokens: [
    toToken({ name: "ingestToken", token: "ingestToken", scopes: ["ingest"] }),
    toToken({ name: "readToken", token: "readToken", scopes: ["read"] }),
    toToken({ name: "writeToken", token: "writeToken", scopes: ["write"] }),
    toToken({ name: "adminToken", token: "adminToken", scopes: ["admin"] }),
    toToken({ name: "serviceToken", token: "serviceToken", scopes: [...all], service: "atlas" }),
    toToken({ name: "teamToken", token: "teamToken", scopes: [...all], team: "alpha" }),
    toToken({ name: "sourceToken", token: "sourceToken", scopes: [...all], source: "atlas-hook" }),
    toToken({
      name: `elsewhere ${canary}`,
      token: "elsewhereToken",
      scopes: [...all],
      service: outside.service,
    }),
    toToken({
      name: "expiredToken",
      token: "expiredToken",
      scopes: [...all],
      expires: "2026-11-20T00:00:00Z",
    }),
  ],
};

export async function makeWorld(database: TestDatabase): Promise<World> {
  const opened = (withoutSignIn: boolean) =>
    testContext(database, file, {
      clock: fixedClock("2026-11-21T12:00:00Z"),
      site: { baseUrl: null, withoutSignIn },
    });
  const context = await opened(false);
  await makeTokens(context);
  const { person } = await signedIn(context, { name: `Zoe ${canary}` });
  const [delivery = 0, outsideDelivery = 0] = await tell(context);
  const world: World = {
    database,
    context,
    opened: await opened(true),
    ids: {
      deployment: publicId("deployment", "pipeline/d2"),
      incident: await incidentAbout(context, "atlas"),
      delivery: String(delivery),
      revision: sha("2"),
    },
    outsideIds: {
      deployment: publicId("deployment", `pipeline/d2 ${canary}`),
      incident: await incidentAbout(context, outside.service),
      delivery: String(outsideDelivery),
      revision: sha(`2 ${canary}`),
    },
    person: person.id,
  };
  await setCause(context, world.ids.incident, {
    verdict: "confirmed",
    changes: [
      { kind: "deployment", id: world.outsideIds.deployment },
      { kind: "deployment", id: world.ids.deployment },
    ],
    rejected: [],
    note: null,
  });
  return world;
}

/** Made in settings: one that is revoked, and one of each side for lists and rotations. */
async function makeTokens(context: Context): Promise<void> {
  const made = {
    scopes: [...all],
    prefix: "pl_x",
    created_by: "ana",
    created_at: context.clock.now(),
  };
  const row = (name: string, service: string | null) => ({
    ...made,
    id: name,
    name,
    token_hash: hashSecret(name),
    reach_kind: service && "service",
    reach_name: service,
  });
  await context.db
    .insertInto("tokens")
    .values([
      { ...row("revokedToken", null), revoked_at: context.clock.now() },
      row("atlasToken", "atlas"),
      row(`token ${canary}`, outside.service),
    ])
    .execute();
  await context.settingsChanged();
}

/** Answers the ids of what atlas-hook delivered and of what the other source did. */
async function tell(context: Context): Promise<number[]> {
  const told = tellOf();
  const [first, second] = await deliver(context.db, [told.fromAtlasHook, told.fromOutsideHook]);
  await deliver(context.db, told.fromPipeline);
  await settleAll(context);
  await context.db.insertInto("series").values(told.series).execute();
  return [first ?? 0, second ?? 0];
}

async function incidentAbout({ db }: Context, service: string): Promise<string> {
  const { id } = await db
    .selectFrom("incidents")
    .select("id")
    .where("service", "=", service)
    .where("opened_at", "<", new Date(clock("3 00:00")))
    .executeTakeFirstOrThrow();
  return id;
}
