import { outside, ownsRepository, reachFor, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { Problem } from "@/lib/http/problem";
import type { ObjectiveOrigin, SloAnswer } from "@/lib/http/slo-answers";
import { objectivesOf, scopeAnswer } from "@/lib/settings/list-objectives";
import { attainment, budgetLeft } from "@/lib/slo/budget";
import { burnDown } from "@/lib/slo/burn-down";
import { burnRates, stateOf } from "@/lib/slo/burn-rates";
import { countSlos, type SloCounts } from "@/lib/slo/count-slos";
import { followMainBranches } from "@/lib/slo/follow-main";
import { dayMilliseconds, dayOf } from "@/lib/slo/hours";
import { type Indicator, isOfRepositories } from "@/lib/slo/indicators";
import {
  type Objective,
  objectiveId,
  readObjectiveId,
  type Scope,
  wholeInstance,
} from "@/lib/slo/objective";
import { repositoriesDeployed } from "@/lib/slo/repositories-deployed";
import { type AskedSlo, distinctScopes, slosAsked } from "@/lib/slo/slos-asked";

export interface SloFilter {
  service?: string[];
  team?: string[];
  repository?: string[];
  indicator?: Indicator[];
  /** Answers the budget left after each day of the window, too. */
  burnDown?: boolean;
}

/**
 * How well every objective is met over its rolling window: for the scopes that are
 * named, else for the whole, every team and whatever has an objective of its own.
 * Throws `not_found` for a scope outside of the actor's reach.
 */
export async function readSlos(context: Context, filter: SloFilter): Promise<Page<SloAnswer>> {
  const within = await reachFor(context, filter);
  const scopes = named(filter) ?? scopesWithin(context, within);
  refuseWholeTeams(context, scopes);
  const asked = (await askedWithin(context, within, scopes)).filter(
    ({ indicator }) => !filter.indicator || filter.indicator.includes(indicator),
  );
  return { items: await answerSlos(context, asked, filter.burnDown ?? false), nextCursor: null };
}

/**
 * The one objective that an id names, as its scope's list has it, with what it counts.
 * Throws `not_found` where none is in force, or outside of the actor's reach.
 */
export async function findSlo(context: Context, id: string): Promise<AskedSlo> {
  const name = readObjectiveId(id);
  if (!name) throw noSlo();
  const within = await reachFor(context, filterOf(name.scope));
  if (within && name.scope.kind === "all") throw noSlo();
  refuseWholeTeams(context, [name.scope]);
  const asked = await askedWithin(context, within, [name.scope]);
  const found = asked.find(({ indicator }) => indicator === name.indicator);
  if (!found) throw noSlo();
  await followAsked(context, [found]);
  return found;
}

/** What is asked of some repositories waits for no others. */
async function followAsked({ db }: Context, asked: readonly AskedSlo[]): Promise<void> {
  const measures = asked
    .filter(({ indicator }) => indicator === "main_broken")
    .map(({ measure }) => measure);
  const isOfAll = measures.some(({ scope }) => scope === "all");
  const repositories = isOfAll ? null : measures.flatMap(({ names }) => names);
  if (measures.length > 0) await followMainBranches(db, repositories);
}

/** Every scope of an objective as the question that names it. */
function filterOf({ kind, name }: Scope): Pick<SloFilter, "service" | "team" | "repository"> {
  return kind === "all" ? {} : { [kind]: [name] };
}

function noSlo(): Problem {
  return new Problem("not_found", "There is no objective of this name in force.");
}

function named({ service = [], team = [], repository = [] }: SloFilter): Scope[] | null {
  const scopes: Scope[] = [
    ...team.map((name): Scope => ({ kind: "team", name })),
    ...service.map((name): Scope => ({ kind: "service", name })),
    ...repository.map((name): Scope => ({ kind: "repository", name })),
  ];
  return scopes.length > 0 ? scopes : null;
}

/** The whole, every team, and whatever has an objective of its own; of a token, what it reaches. */
function scopesWithin({ config, actor }: Context, within: Within | null): Scope[] {
  const set = config.slos.map(({ scope }) => scope).filter(({ kind }) => kind !== "all");
  const teams = config.teams.map(({ name }): Scope => ({ kind: "team", name }));
  if (within === null) return distinctScopes([wholeInstance, ...teams, ...set]);
  const own = set.filter((scope) => isInReach(within, scope));
  const isOfTeam = reachesWholeTeams(actor);
  const services = within.services.map((name): Scope => ({ kind: "service", name }));
  return distinctScopes([
    ...(isOfTeam ? teams.filter((scope) => isInReach(within, scope)) : services),
    ...own.filter(({ kind }) => isOfTeam || kind !== "team"),
  ]);
}

/** A token of a service reaches its team by name, and no other services of it. */
function refuseWholeTeams({ actor }: Context, scopes: readonly Scope[]): void {
  if (scopes.some(({ kind }) => kind === "team") && !reachesWholeTeams(actor)) throw outside();
}

function reachesWholeTeams(actor: Context["actor"]): boolean {
  return actor.kind !== "token" || actor.reach === null || actor.reach.kind === "team";
}

function isInReach(within: Within, { kind, name }: Scope): boolean {
  if (kind === "team") return within.teams.includes(name);
  return kind === "service" ? within.services.includes(name) : ownsRepository(within, name);
}

/**
 * What is in force in these scopes for who reaches so far. A repository may hold
 * services outside of a reach, so for it only its builds are answered there.
 */
async function askedWithin(
  context: Context,
  within: Within | null,
  scopes: readonly Scope[],
): Promise<AskedSlo[]> {
  const services = within ? context.config.services : await repositoriesDeployed(context);
  const objectives = objectivesOf(context.config.slos).map(({ objective }) => objective);
  return slosAsked(objectives, services, scopes).filter(
    ({ indicator, scope }) =>
      within === null || scope.kind !== "repository" || isOfRepositories(indicator),
  );
}

async function answerSlos(
  context: Context,
  asked: readonly AskedSlo[],
  withBurnDown: boolean,
): Promise<SloAnswer[]> {
  const now = context.clock.now();
  await followAsked(context, asked);
  const counts = await countSlos(
    context.db,
    asked.map(({ measure, objective }) => ({ measure, windowDays: objective.windowDays })),
    now,
  );
  return asked.flatMap((slo, index) => {
    const counted = counts[index];
    return counted ? [sloAnswer(context, slo, counted, now, withBurnDown)] : [];
  });
}

function sloAnswer(
  { config }: Context,
  { indicator, scope, objective, from, measure }: AskedSlo,
  counts: SloCounts,
  now: Date,
  withBurnDown: boolean,
): SloAnswer {
  const { target, windowDays } = objective;
  const origin = originOf(config, { indicator, scope: from });
  const rates = burnRates(objective, counts.whole, counts.burn);
  return {
    id: objectiveId({ indicator, scope }),
    indicator,
    scope: scopeAnswer(scope),
    thresholdSeconds: measure.thresholdSeconds,
    target,
    windowDays,
    from: new Date(now.getTime() - windowDays * dayMilliseconds).toISOString(),
    to: now.toISOString(),
    ...counts.whole,
    attainment: attainment(counts.whole),
    budgetLeft: budgetLeft(counts.whole, target),
    burnRates: rates,
    state: stateOf(counts.whole, target, rates),
    provisioned: origin === "pushline.yaml",
    objective: { scope: scopeAnswer(from), origin },
    ...(withBurnDown && {
      burnDown: burnDown(dailySteps(counts, now, windowDays), target).map(
        ({ budgetLeft: left }) => left,
      ),
    }),
  };
}

function originOf(
  { slos, provisioned }: Context["config"],
  objective: Pick<Objective, "indicator" | "scope">,
): ObjectiveOrigin {
  const id = objectiveId(objective);
  if (provisioned.slos.includes(id)) return "pushline.yaml";
  return slos.some((each) => objectiveId(each) === id) ? "settings" : "default";
}

/** The window cut at the ends of UTC days: a step for each day, and one for today so far. */
export function dailySteps(
  { between }: Pick<SloCounts, "between">,
  now: Date,
  windowDays: number,
): { at: Date; n: number; good: number }[] {
  const until = now.getTime();
  const since = until - windowDays * dayMilliseconds;
  const steps = [];
  for (let from = since; from < until; ) {
    const to = Math.min((dayOf(from) + 1) * dayMilliseconds, until);
    const { n, good } = between(from, to);
    steps.push({ at: new Date(to), n, good });
    from = to;
  }
  return steps;
}
