import type { Story } from "@/scripts/demo/agenda";
import { warn } from "@/scripts/demo/alerts";
import { artifactOf } from "@/scripts/demo/builds";
import { day, hour, type LocalDay, localDays, minute } from "@/scripts/demo/calendar";
import { rollOut } from "@/scripts/demo/deployments";
import { planPullRequest } from "@/scripts/demo/pull-requests";
import { poisson } from "@/scripts/demo/random";
import { promote, redeploy, shipPullRequest } from "@/scripts/demo/ship";
import type { Line, Simulation } from "@/scripts/demo/simulation";

/** Sunday first: nobody ships much on a Friday, and hardly anybody at the weekend. */
const weekdayFactors = [0.03, 0.95, 1.1, 1.1, 1.05, 0.75, 0.04];

/** Everything ordinary that a service's team is going to do between two moments. */
export function planWork(simulation: Simulation, line: Line, from: number, to: number): void {
  const { agenda, settings } = simulation;
  agenda.start(firstDeployments(simulation, line), from + line.random.integer(1, 20) * minute);
  // Days after the end too: their pull requests are open at the end.
  for (const date of localDays(line.team.timezone, from, to + 2 * day)) {
    planMerges(simulation, line, date, from + 2 * hour);
    const { cadence } = line.service;
    if (cadence.kind === "train" && cadence.weekdays.includes(date.weekday))
      startLater(simulation, date.at(cadence.localHour), promote(simulation, line));
    if (date.weekend || date.at(9) < from || date.at(18) > to) continue;
    const someTime = () => date.at(line.random.between(9, 18));
    if (line.random.chance(0.05)) startLater(simulation, someTime(), redeploy(simulation, line));
    if (line.random.chance(0.1))
      startLater(
        simulation,
        someTime(),
        warn(
          simulation,
          line,
          "QueueGrowing",
          `${line.service.name}: work waits longer than usual`,
        ),
      );
  }
  const extra = Math.max(1, Math.round(settings.scale));
  for (let number = 0; number < extra; number++)
    planMerge(simulation, line, to - line.random.between(1, 9.5) * hour, from + 2 * hour);
}

function planMerges(simulation: Simulation, line: Line, date: LocalDay, earliest: number): void {
  const factor = weekdayFactors[date.weekday] ?? 0;
  const expected = line.service.mergesPerDay * factor * simulation.settings.scale;
  for (let left = poisson(line.random, expected); left > 0; left--) {
    const morning = line.random.chance(0.45);
    const localHour = (morning ? 11 : 15) + line.random.normal() * 1.1;
    planMerge(simulation, line, date.at(localHour), earliest);
  }
}

function planMerge(simulation: Simulation, line: Line, mergedAt: number, earliest: number): void {
  const { random, service } = line;
  const hours = Math.min(12 * 24, Math.max(0.4, random.logNormal(service.leadHours, 0.9)));
  const seconds = (at: number) => Math.round(at / 1000) * 1000;
  const firstCommitAt = Math.max(earliest, seconds(mergedAt - hours * hour));
  const merged = seconds(mergedAt);
  if (merged < firstCommitAt + 10 * minute) return;
  const openedAt = seconds(firstCommitAt + (merged - firstCommitAt) * random.between(0.3, 0.85));
  const plan = planPullRequest(line, { firstCommitAt, openedAt, mergedAt: merged });
  startLater(simulation, firstCommitAt, shipPullRequest(simulation, line, plan));
}

/** What ran before the history begins, put there again on its first day. */
function* firstDeployments(simulation: Simulation, line: Line): Story {
  const author = line.random.pick(line.team.people);
  const artifact = artifactOf(
    simulation,
    line,
    {
      sha: line.repository.head,
      message: "Everything so far",
      author,
      authoredAt: simulation.agenda.now - 3 * day,
      timezone: line.team.timezone,
      paths: [],
    },
    false,
  );
  const plan = { artifact, by: author, kind: "first" } as const;
  line.ready = artifact;
  yield* rollOut(simulation, line, { ...plan, environment: "staging" });
  yield* rollOut(simulation, line, { ...plan, environment: "production" });
}

function startLater(simulation: Simulation, at: number, story: Story): void {
  if (at >= simulation.agenda.now) simulation.agenda.start(story, at);
}
