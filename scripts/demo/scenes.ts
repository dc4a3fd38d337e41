import type { Story } from "@/scripts/demo/agenda";
import { openIncident, resolveIncident } from "@/scripts/demo/alerts";
import { befall, type Misfortune, misfortunes } from "@/scripts/demo/blameless";
import { runBuild } from "@/scripts/demo/builds";
import { day, hour, localDays, minute, second } from "@/scripts/demo/calendar";
import { rollOut } from "@/scripts/demo/deployments";
import { effectOf } from "@/scripts/demo/effects";
import type { Artifact } from "@/scripts/demo/events";
import { alertNamesOf, type Fault, titleOf } from "@/scripts/demo/fault-catalogue";
import { sufferFault } from "@/scripts/demo/faults";
import { badConfiguration, badFlag, quietRelease, ramp, release } from "@/scripts/demo/flags";
import { developPullRequest, planPullRequest } from "@/scripts/demo/pull-requests";
import { rollBack } from "@/scripts/demo/remedies";
import { holdLock, type Line, type Simulation } from "@/scripts/demo/simulation";
import { mergeAndBuild, stage } from "@/scripts/demo/trunk";
import { markFailed, referenceTo } from "@/scripts/demo/truth";
import { defaultBranch } from "@/scripts/demo/world";

/** Flags, settings and misfortunes of the whole history, by days before its end. */
export function planEvents(simulation: Simulation): void {
  const { settings } = simulation;
  const at = (
    daysBefore: number,
    localHour: number,
    service: string,
    tell: (line: Line) => Story,
  ) => {
    const line = simulation.lines.get(service);
    if (!line || daysBefore >= settings.days - 1) return;
    const date = localDays(line.team.timezone, settings.now - daysBefore * day, settings.now)[0];
    if (date) simulation.agenda.start(tell(line), date.at(localHour));
  };
  const suffer = (misfortune: Misfortune) => (line: Line) => befall(simulation, line, misfortune);
  const flag =
    (name: string, percents = [5, 25, 50, 100]) =>
    (line: Line) =>
      ramp(simulation, line, name, percents);

  at(66, 8.2, "web", suffer(misfortunes.certificate));
  at(47, 19, "search", suffer(misfortunes.surge));
  at(38, 13, "shipping", suffer(misfortunes.thirdParty));
  at(20, 15.5, "inventory", suffer(misfortunes.failover));
  at(15, 18.5, "catalog", suffer(misfortunes.surge));
  at(5, 11.3, "shipping", suffer(misfortunes.thirdParty));
  at(2, 20.2, "web", suffer(misfortunes.surge));

  at(52, 13.5, "checkout", (line) => badFlag(simulation, line, "split-payments"));
  at(26, 14.2, "bff", (line) => badFlag(simulation, line, "instant-search"));
  at(7, 11.8, "web", (line) => badFlag(simulation, line, "video-gallery"));
  at(36, 16, "orders", (line) => badConfiguration(simulation, line, "database.pool.size"));
  at(12, 10.4, "fraud", (line) => badConfiguration(simulation, line, "rules.threshold"));

  at(80, 10, "web", flag("new-header"));
  at(68, 11, "search", flag("semantic-ranking"));
  at(44, 12, "checkout", flag("wallet-button"));
  at(31, 10, "bff", flag("persisted-queries"));
  at(17, 15, "recommendations", flag("bandit-exploration", [10, 50, 100]));
  at(10, 11, "web", flag("dark-mode"));
  at(3, 14, "identity", flag("passkeys", [1, 10, 25]));

  for (const line of simulation.lines.values())
    for (
      let daysBefore = 4 + line.random.integer(0, 12);
      daysBefore < settings.days;
      daysBefore += line.random.integer(14, 30)
    )
      at(daysBefore, line.random.between(9, 17), line.service.name, (one) =>
        one.random.chance(0.75)
          ? quietRelease(
              simulation,
              one,
              "configuration",
              one.random.pick(["log.level", "cache.ttl", "http.timeout", "retry.limit"]),
            )
          : quietRelease(
              simulation,
              one,
              "infrastructure",
              one.random.pick(["node pool upgrade", "larger instances", "second zone"]),
            ),
      );
}

/** The last day, so that the cockpit is alive whenever the history ends. */
export function planLastDay(simulation: Simulation): void {
  const { agenda, settings } = simulation;
  const scene = (before: number, service: string, tell: (line: Line) => Story) => {
    const line = simulation.lines.get(service);
    if (line && settings.days * day > before + 6 * hour)
      agenda.start(tell(line), settings.now - before);
  };
  const fault = (planned: Fault) => (line: Line) => forcedFault(simulation, line, planned);
  scene(
    5.8 * hour,
    "orders",
    fault({ story: "fixed_forward", symptom: "errors", remedy: "fix_forward" }),
  );
  scene(
    2.9 * hour,
    "notifications",
    fault({ story: "error_spike", symptom: "errors", remedy: "rollback" }),
  );
  scene(26 * minute, "checkout", (line) => ramp(simulation, line, "new-tax-engine", [25]));
  scene(20 * hour, "checkout", (line) => ramp(simulation, line, "new-tax-engine", [10]));
  scene(60 * minute, "checkout", (line) => openScene(simulation, line));
  scene(55 * minute, "search", (line) => rollingScene(simulation, line));
  scene(3 * minute, "orders", (line) => buildScene(simulation, line, [5, 20]));
  scene(50 * second, "web", (line) => buildScene(simulation, line, [240, 300]));
  scene(90 * minute, "recommendations", function* (line) {
    yield agenda.now + line.random.integer(5, 40) * minute;
    release(simulation, line, { subject: "configuration", flag: "cache.ttl" });
  });
}

/** A change written earlier today that is on staging and may go to production. */
function* readyChange(simulation: Simulation, line: Line, title: string | null): Story<Artifact> {
  const { agenda } = simulation;
  const plan = planPullRequest(line, {
    firstCommitAt: agenda.now - line.random.integer(150, 420) * minute,
    openedAt: agenda.now + 5 * second,
    mergedAt: agenda.now + 4 * minute,
  });
  const merged = { ...plan, title: title ?? plan.title, expedited: true };
  for (;;) {
    const artifact = yield* mergeAndBuild(simulation, line, merged, false);
    if (!artifact) continue;
    yield* stage(simulation, line, artifact);
    return artifact;
  }
}

function* forcedFault(simulation: Simulation, line: Line, fault: Fault): Story {
  yield* holdLock(simulation, line);
  const artifact = yield* readyChange(simulation, line, null);
  const previous = line.live.production;
  if (previous)
    yield* sufferFault(simulation, line, { artifact, previous, by: artifact.commit.author, fault });
  line.locked = false;
}

/** The incident that is open at the end: the canary's errors were there to see. */
function* openScene(simulation: Simulation, line: Line): Story {
  const { agenda, settings } = simulation;
  const previous = line.live.production;
  line.locked = true;
  const artifact = yield* readyChange(simulation, line, "Retry card authorisation on 429");
  yield settings.now - 13 * minute;
  simulation.effects.push(
    effectOf({
      service: line.service.name,
      version: artifact.version,
      from: agenda.now,
      rampSeconds: 20,
      errorRatio: 0.093,
      latencyFactor: 2.1,
    }),
  );
  const deployment = yield* rollOut(simulation, line, {
    environment: "production",
    artifact,
    kind: "deploy",
    by: artifact.commit.author,
    seconds: 330,
  });
  yield settings.now - 6 * minute;
  markFailed(simulation, deployment, "incident");
  const opened = openIncident(simulation, line, {
    title: titleOf(line.service.name, "errors"),
    severity: "critical",
    alertNames: [...alertNamesOf("errors"), "HighLatencyP95"],
    truth: {
      story: "open_at_the_end",
      fault: `${line.service.name}@${artifact.version}`,
      faultStartedAt: deployment.steps[0]?.at ?? agenda.now,
      cause: referenceTo(deployment),
    },
  });
  yield settings.now + 4 * minute;
  if (!previous) return;
  const back = yield* rollBack(simulation, line, previous);
  opened.truth.remedies.push({ kind: "rollback", by: referenceTo(back), held: true });
  yield agenda.now + 2 * minute;
  resolveIncident(simulation, opened, null);
  line.blockedUpTo = artifact.order;
  line.locked = false;
}

/** A rollout that is half way at the end, and looks well. */
function* rollingScene(simulation: Simulation, line: Line): Story {
  line.locked = true;
  const artifact = yield* readyChange(simulation, line, "Shard-aware cache keys");
  yield simulation.settings.now - 9 * minute;
  yield* rollOut(simulation, line, {
    environment: "production",
    artifact,
    kind: "deploy",
    by: artifact.commit.author,
    seconds: 17 * 60,
  });
  line.locked = false;
}

/** A merge whose build waits or runs at the end. */
function* buildScene(simulation: Simulation, line: Line, queueSeconds: [number, number]): Story {
  const { agenda } = simulation;
  const plan = planPullRequest(line, {
    firstCommitAt: agenda.now - line.random.integer(60, 300) * minute,
    openedAt: agenda.now,
    mergedAt: agenda.now + 20 * second,
  });
  const commit = yield* developPullRequest(simulation, line, { ...plan, expedited: true });
  yield* runBuild(simulation, line, {
    commit,
    branch: defaultBranch,
    trigger: "push",
    mayFail: false,
    queueSeconds,
  });
}
