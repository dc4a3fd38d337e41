import { clock, native, type Posted, posted, sha } from "@/lib/projection/testing";

/** In every text of what a narrower token may not hear of, and nowhere else. */
export const canary = "zq9canary";

/** The names of what lies outside of every narrower token's reach. */
export const outside = {
  service: `bravo-${canary}`,
  repository: `acme/bravo-${canary}`,
  team: `beta-${canary}`,
  environment: `live-${canary}`,
  source: `hook-${canary}`,
  engine: `engine-${canary}`,
};

/** One service's facts; every word of them ends in its `mark`. */
function factsOf(service: string, repository: string, environment: string, mark: string): Posted[] {
  const text = (words: string) => (mark ? `${words} ${mark}` : words);
  const revision = (n: number) => sha(text(String(n)));
  const change = (n: number, at: string) =>
    native(at, {
      type: "change",
      id: text(`c${n}`),
      repository,
      branch: text("main"),
      revision: revision(n),
      parents: n > 1 ? [revision(n - 1)] : [],
      paths: [text("src/a.ts")],
      authoredAt: clock(at),
      author: text("Ana"),
      message: text(`Change ${n} of ${service}`),
    });
  const deployment = (n: number, started: string, finished: string, where = environment) =>
    native(finished, {
      type: "deployment",
      id: text(`d${n}`),
      service,
      environment: where,
      repository,
      revision: revision(Math.min(n, 2)),
      version: text(`2.${n}`),
      artifact: text(`sha256:${n}`),
      status: "succeeded",
      startedAt: clock(started),
      finishedAt: clock(finished),
      author: text("Ana"),
    });
  return [
    change(1, "10:00"),
    change(2, "10:20"),
    native("10:30", {
      type: "build",
      id: text("b1"),
      repository,
      revision: revision(2),
      branch: "main",
      name: text(`${service} ci`),
      status: "succeeded",
      startedAt: clock("10:25"),
      finishedAt: clock("10:30"),
      artifact: text("sha256:1"),
    }),
    native("10:31", {
      type: "test_run",
      id: text("t1"),
      repository,
      revision: revision(2),
      name: text(`${service} unit`),
      status: "succeeded",
      finishedAt: clock("10:31"),
    }),
    deployment(1, "10:10", "10:12"),
    deployment(2, "10:40", "10:42"),
    // In production too, where an incident of the other service looks for suspects.
    ...(environment === "production" ? [] : [deployment(3, "10:44", "10:45", "production")]),
    native("10:43", {
      type: "release",
      id: text("r1"),
      service,
      environment,
      subject: "flag",
      flag: text(`${service}-flag`),
      enabled: true,
      author: text("Ana"),
      at: clock("10:43"),
    }),
    native("10:50", {
      type: "alert",
      id: text("a1"),
      incident: text("i1"),
      service,
      environment,
      name: text(`${service} errors`),
      severity: "critical",
      startedAt: clock("10:50"),
      labels: { of: text(service) },
    }),
  ];
}

const incident = (service: string, environment: string, mark: string, cause: string) =>
  native("10:51", {
    type: "incident",
    id: mark ? `i1 ${mark}` : "i1",
    service,
    environment,
    title: mark ? `${service} is down ${mark}` : `${service} is down`,
    severity: "critical",
    openedAt: clock("10:51"),
    cause,
  });

/** Everything that is told: each of the two services is blamed for the other's incident. */
export function tellOf() {
  const { service, repository, environment } = outside;
  return {
    fromAtlasHook: ping("atlas-hook", "atlas ping"),
    fromOutsideHook: ping(outside.source, `ping ${canary}`),
    fromPipeline: [
      ...factsOf("atlas", "acme/atlas", "production", ""),
      ...factsOf(service, repository, environment, canary),
      incident("atlas", "production", "", `d3 ${canary}`),
      incident(service, environment, canary, "d2"),
      // Another service's alert in an incident of atlas.
      native("10:52", {
        type: "alert",
        id: `a2 ${canary}`,
        incident: "i1",
        service,
        environment,
        name: `a neighbour's ${canary}`,
        startedAt: clock("10:52"),
      }),
    ],
    series: [
      seriesOf("atlas", "production", "atlas.gauge"),
      seriesOf(service, environment, `gauge.${canary}`),
    ],
  };
}

function ping(source: string, words: string): Posted {
  return posted(source, "native", "09:00", {
    type: "change",
    id: words,
    repository: words.includes(canary) ? outside.repository : "acme/atlas",
    revision: sha(words),
    authoredAt: clock("09:00"),
    message: words,
  });
}

function seriesOf(service: string, environment: string, metric: string) {
  return {
    source: "pipeline",
    service,
    environment,
    metric,
    unit: "1",
    shape: "gauge",
    labels: JSON.stringify({ of: service }),
    identity: Buffer.from(sha(`${service} ${metric}`), "hex"),
  };
}
