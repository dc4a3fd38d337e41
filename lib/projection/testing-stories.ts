import fc from "fast-check";
import { alertMemberId, publicId } from "@/lib/facts/keys";
import { native, type Posted, posted, sha, word } from "@/lib/projection/testing";

/** For tests: random histories of one service in production and in two regions, told in any order. */

const repository = "acme/shop";
const begin = Date.UTC(2026, 10, 2);
const revisions = Array.from({ length: 14 }, (_, index) => `c${index}`);
const names = Array.from({ length: 14 }, (_, index) => `d${index}`);
const environments = ["production", "production", "production", "prod-eu", "prod-us", "staging"];

const time = (minutes: number) => new Date(begin + minutes * 60_000).toISOString();
const days = fc.integer({ min: 0, max: 9 * 24 * 60 });
/** Now and then within an hour, so that signals meet. */
const signalTimes = fc.oneof(days, fc.integer({ min: 4_000, max: 4_060 }));
/** Two senders of native events, of which the second declares incidents alone. */
const said = (source: string, body: object) => posted(source, "native", "09:00", body);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { freq });

const anyChange = fc
  .record({
    index: fc.nat(revisions.length - 1),
    parents: maybe(fc.uniqueArray(fc.nat(13), { minLength: 1, maxLength: 2 }), 12),
    authored: fc.integer({ min: 0, max: 180 }),
    says: fc.constantFrom(
      ...(["plain", "plain", "plain", "revert", "titled", "picked", "names", "request"] as const),
    ),
    other: fc.nat(revisions.length - 1),
    number: maybe(fc.nat(3), 1),
  })
  .map(({ index, parents, authored, says, other, number }) => {
    const messages = {
      plain: `c${index}`,
      revert: `Revert "c${other}"\n\nThis reverts commit ${sha(`c${other}`).slice(0, 9)}.`,
      titled: `Revert "c${other}"`,
      picked: `c${index}\n\n(cherry picked from commit ${sha(`c${other}`)})`,
      names: `Mends Errors ${other % 3} at last`,
      request: `Takes it back\n\nReverts acme/shop#${other % 4}`,
    };
    const above = (parents ?? []).filter((parent) => parent < index);
    return native("09:00", {
      type: "change",
      id: `c${index}`,
      repository,
      branch: "main",
      revision: sha(`c${index}`),
      // In one line where nothing else is said, so that most sets are known.
      ...(parents === null
        ? {}
        : {
            parents: (above.length > 0 ? above : index > 0 ? [index - 1] : []).map((p) =>
              sha(`c${p}`),
            ),
          }),
      authoredAt: time(index * 800 + authored),
      message: messages[says],
      ...(number !== null && { pullRequest: { number, mergedAt: time(index * 800 + 200) } }),
    });
  });

const anyDeployment = fc
  .record({
    name: fc.nat(names.length - 1),
    revision: fc.nat(revisions.length - 1),
    offset: fc.integer({ min: -400, max: 900 }),
    takes: fc.constantFrom(2, 5, 5, 20, 900),
    environment: fc.constantFrom(...environments),
    status: fc.constantFrom(
      ...(["succeeded", "succeeded", "succeeded", "succeeded", "failed", "running"] as const),
    ),
    kind: maybe(fc.constantFrom("rollback", "deploy", "revert", "redeploy"), 1),
    hotfix: fc.constantFrom(false, false, false, true),
    failed: fc.constantFrom(undefined, undefined, undefined, true),
    back: fc.constantFrom(0, 0, 0, 1, 3),
    asOf: fc.nat(3),
  })
  .map(({ name, revision, offset, takes, back, kind, asOf, ...more }) => {
    const near = (name + (revision % 3) - back + 14) % 14;
    const started = name * 850 + 300 + offset;
    const { environment } = more;
    return native("09:00", {
      type: "deployment",
      id: `${environment} d${name}`,
      service: "shop",
      repository,
      ...more,
      revision: sha(`c${near}`),
      version: `1.${near % 5}`,
      ...(kind !== null && { kind }),
      startedAt: time(started),
      ...(more.status !== "running" && { finishedAt: time(started + takes) }),
      asOf: time(started + takes + asOf),
    });
  });

const anyIncident = fc
  .record({
    index: fc.nat(2),
    source: fc.constantFrom("pipeline", "pager"),
    at: signalTimes,
    lasting: maybe(fc.integer({ min: 5, max: 3_000 }), 4),
    cause: maybe(fc.nat(names.length - 1), 1),
    environment: fc.constantFrom("production", "production", "prod-eu"),
    asOf: fc.nat(5),
  })
  .map(({ index, source, at, lasting, cause, environment, asOf }) =>
    said(source, {
      type: "incident",
      id: `i${index}`,
      service: "shop",
      environment,
      title: `Errors ${index}`,
      openedAt: time(at),
      ...(lasting !== null && { resolvedAt: time(at + lasting) }),
      ...(cause !== null && { cause: `production d${cause}` }),
      asOf: time(20_000 + asOf),
    }),
  );

const anyAlert = fc
  .record({
    index: fc.nat(5),
    environment: fc.constantFrom("production", "production", "production", "prod-eu"),
    at: signalTimes,
    lasting: maybe(fc.integer({ min: 1, max: 600 }), 4),
    incident: maybe(fc.nat(2), 1),
    severity: fc.constantFrom("critical", "critical", "info"),
    asOf: fc.nat(5),
  })
  .map(({ index, environment, at, lasting, incident, severity, asOf }) =>
    native("09:00", {
      type: "alert",
      id: `a${index}`,
      service: "shop",
      environment,
      name: "High",
      severity,
      startedAt: time(at),
      ...(lasting !== null && { endedAt: time(at + lasting) }),
      ...(incident !== null && { incident: `i${incident}` }),
      asOf: time(20_000 + asOf),
    }),
  );

const anyFlag = fc.record({ index: fc.nat(3), at: days }).map(({ index, at }) =>
  native("09:00", {
    type: "release",
    id: `r${index}`,
    service: "shop",
    environment: "production",
    subject: "flag",
    flag: "new",
    enabled: false,
    at: time(at),
    asOf: time(at),
  }),
);

const anyMember = fc.oneof(
  fc
    .tuple(fc.constantFrom("pipeline", "pager"), fc.nat(2))
    .map(([source, index]) => publicId("incident", `${source}/i${index}`)),
  fc.nat(5).map((index) => alertMemberId(`pipeline/a${index}`)),
);

const anyWord = fc.oneof(
  fc
    .record({ member: anyMember, apart: fc.boolean(), hour: fc.integer({ min: 10, max: 23 }) })
    .map(({ member, apart, hour }) =>
      word(`8 ${hour}:00`, { type: "separation", kind: "incident", member, apart, note: null }),
    ),
  fc
    .record({
      incident: anyMember,
      verdict: fc.constantFrom("confirmed", "none", null),
      cause: fc.nat(names.length - 1),
      hour: fc.integer({ min: 10, max: 23 }),
    })
    .map(({ incident, verdict, cause, hour }) =>
      word(`8 ${hour}:00`, {
        type: "verdict",
        incident,
        verdict,
        changes: verdict === "confirmed" ? [deployment("production", cause)] : [],
        rejected: [],
        note: null,
      }),
    ),
  fc
    .record({
      name: fc.nat(names.length - 1),
      environment: fc.constantFrom(...environments),
      kind: fc.constantFrom(null, "deploy", "rollback", "fix_forward"),
      failed: fc.constantFrom(null, true, false),
      hour: fc.integer({ min: 10, max: 23 }),
    })
    .map(({ name, environment, kind, failed, hour }) =>
      word(`8 ${hour}:00`, {
        type: "correction",
        deployment: deployment(environment, name).id,
        kind,
        failed,
        note: "seen",
      }),
    ),
);

const anyEcho = fc.record({
  of: fc.nat(33),
  minutes: fc.integer({ min: -3, max: 3 }),
  isApart: fc.option(fc.boolean(), { freq: 2 }),
});

/** What another source reports of a deployment too, and what a person says of whether it does. */
function echoesOf(
  deployments: readonly Posted[],
  echoes: readonly { of: number; minutes: number; isApart: boolean | null }[],
): Posted[] {
  return echoes.flatMap(({ of, minutes, isApart }, index) => {
    const echoed = deployments[of];
    if (!echoed) return [];
    const said = JSON.parse(echoed.body);
    const shifted = (at: string) => at && new Date(Date.parse(at) + minutes * 60_000).toISOString();
    const { startedAt, finishedAt, asOf } = said;
    const times = { startedAt: shifted(startedAt), finishedAt: shifted(finishedAt) };
    const echo = { ...echoed, body: JSON.stringify({ ...said, ...times, asOf: shifted(asOf) }) };
    const word = {
      type: "separation",
      kind: "deployment",
      member: publicId("deployment", `mirror/${said.id}`),
      apart: isApart,
      note: null,
      actor: "ana",
      at: time(20_000 + index),
    };
    return [
      { ...echo, source: "mirror" },
      ...(isApart === null ? [] : [posted("pushline", "pushline", "09:00", word)]),
    ];
  });
}

function deployment(environment: string, name: number) {
  const id = publicId("deployment", `pipeline/${environment} d${name}`);
  return { kind: "deployment", id };
}

/** What is told of a history: commits and deployments above all, in an order that nobody keeps. */
export const anyStory: fc.Arbitrary<Posted[]> = fc
  .tuple(
    fc.array(anyChange, { minLength: 8, maxLength: 20, size: "max" }),
    fc.array(anyDeployment, { minLength: 12, maxLength: 34, size: "max" }),
    fc.array(fc.oneof(anyIncident, anyAlert, anyFlag, anyWord), { maxLength: 20, size: "max" }),
    fc.array(anyEcho, { maxLength: 8, size: "max" }),
    fc.array(fc.nat(), { minLength: 90, maxLength: 90 }),
  )
  .map(([changes, deployments, signals, echoes, keys]) =>
    [...changes, ...deployments, ...signals, ...echoesOf(deployments, echoes)]
      .map((posted, index) => ({ posted, key: keys[index] ?? index }))
      .sort((a, b) => a.key - b.key)
      .map(({ posted }) => posted),
  );
