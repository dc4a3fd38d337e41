import { z } from "zod";
import { reachKinds, scopes } from "@/lib/auth/actor";
import { configGoal } from "@/lib/config/goals";
import { namePattern } from "@/lib/config/name-pattern";
import { configObjective } from "@/lib/config/objectives";
import { signInSettings } from "@/lib/config/sign-in";
import { mappingRules } from "@/lib/sources/mapping-rules";

export const tiers = ["production", "staging", "testing", "development", "other"] as const;
export type Tier = (typeof tiers)[number];

/** How a source proves itself. */
export const authModes = ["signature", "bearer", "basic", "header", "path"] as const;
export type AuthMode = (typeof authModes)[number];

/** Severities that open an incident unless pushline.yaml says otherwise; "" is an alert without one. */
const incidentSeverities = [
  "critical",
  "page",
  "fatal",
  "emergency",
  "disaster",
  "error",
  "high",
  "major",
  "sev1",
  "sev2",
  "p1",
  "p2",
  "",
];

const text = z.string("a text").trim().min(1, "a text that is not empty");
const texts = z.array(text, "a list of texts").default([]);
const optionalText = text.nullable().default(null);

export const configTeam = z.strictObject({
  name: text,
  timezone: text.refine(isTimezone, "an IANA time zone, as Europe/Berlin").default("UTC"),
});

const environment = z.strictObject({
  /** A glob over environment names. */
  match: text,
  tier: z
    .enum(tiers, `one of ${tiers.join(", ")}`)
    .nullable()
    .default(null),
  /** Joins the regions of one rollout. */
  group: optionalText,
});

export const configService = z.strictObject({
  name: text,
  repository: optionalText,
  team: optionalText,
  dependsOn: texts,
  /** Globs over the paths of a monorepo that belong to the service. */
  paths: texts,
  /** Globs over the names under which providers deploy it. */
  deployments: texts,
});

/** Of any length: many are made elsewhere, and refusing one here would only stop the start. */
const secret = z.string("a text").min(1, "a text that is not empty");

/** One secret, or the old and the new one while it is being replaced. */
const secrets = z.unknown().transform((value, context): string[] => {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list.length > 2)
    context.addIssue("one secret, or a list of two while one replaces the other");
  return list.map((item) => {
    const parsed = secret.safeParse(item);
    if (!parsed.success) context.addIssue(parsed.error.issues[0]?.message ?? "a text");
    return String(item);
  });
});

/**
 * Of a source or token, whose facts it marks: without a slash, which parts it from
 * their ids. A source's is part of an address too.
 */
const senderName = text.regex(
  namePattern,
  "letters, digits, dots, dashes and underscores, with a letter or digit first",
);

export const configSource = z.strictObject({
  name: senderName,
  provider: text,
  auth: z.enum(authModes, `one of ${authModes.join(", ")}`).optional(),
  secret: secrets.optional(),
  token: secrets.optional(),
  username: text.optional(),
  password: secrets.optional(),
  header: text.regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/i, "the name of an HTTP header").optional(),
  /** For provider mapping: what its deliveries turn into. */
  mapping: mappingRules.optional(),
});

export const configToken = z
  .strictObject({
    name: senderName,
    token: secret,
    scopes: z
      .array(z.enum(scopes, `one of ${scopes.join(", ")}`), `a list of ${scopes.join(", ")}`)
      .min(1, "at least one scope"),
    /** Where the token ends; at most one of these. */
    source: optionalText,
    team: optionalText,
    service: optionalText,
    expires: z.iso
      .datetime({ offset: true, error: "an RFC 3339 time, as 2027-01-31T09:00:00Z" })
      .nullable()
      .default(null),
  })
  .refine((written) => reachKinds.filter((kind) => written[kind] !== null).length <= 1, {
    message: "at most one of source, team and service",
  });

export const configEngine = z.strictObject({
  name: text,
  url: z.url({ protocol: /^https?$/, error: "an address that begins with http:// or https://" }),
});

/** Of pages elsewhere that may call the API with a token; compared as the browser writes it. */
const origin = z
  .string("a text")
  .refine(
    (written) =>
      /^https?:[^*]+$/.test(written) &&
      URL.canParse(written) &&
      new URL(written).origin === written,
    "an origin, as https://portal.example.com (scheme and host, no path, no *)",
  );

const rate = (standard: number) =>
  z.number("a number").int("a whole number").min(1, "1 or more").default(standard);

function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item, "a list")
    .nullable()
    .default(null)
    .transform((items) => items ?? []);
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** pushline.yaml as it is written; `loadConfig` makes a Config of it. */
export const configFile = z.strictObject({
  teams: listOf(configTeam),
  environments: listOf(environment),
  services: listOf(configService),
  sources: listOf(configSource),
  tokens: listOf(configToken),
  engines: listOf(configEngine),
  goals: listOf(configGoal),
  slos: listOf(configObjective),
  matching: z
    .strictObject({
      threshold: z
        .number("a number from 0 to 1")
        .min(0, "0 or more")
        .max(1, "1 or less")
        .default(0.8),
    })
    .prefault({}),
  cors: z.strictObject({ origins: listOf(origin) }).prefault({}),
  limits: z
    .strictObject({
      /** Of each source and token that sends: so many in the long run, and at once. */
      deliveriesPerSecond: rate(1_000),
      deliveriesBurst: rate(10_000),
      /** Of each address that asks for pages or data. */
      requestsPerSecond: rate(200),
      requestsBurst: rate(1_000),
      /** Open event streams of one person. */
      streamsPerPerson: rate(20),
    })
    .prefault({}),
  signIn: signInSettings.prefault({}),
  incidents: z
    .strictObject({
      severities: z
        .array(z.string("a text").toLowerCase(), "a list of severities")
        .default(incidentSeverities),
    })
    .prefault({}),
});
export type ConfigFile = z.output<typeof configFile>;
