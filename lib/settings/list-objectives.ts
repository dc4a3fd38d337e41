import { isWithin, ownsRepository, reachOf, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import type { ObjectiveAnswer, ObjectiveOrigin } from "@/lib/http/slo-answers";
import { defaultObjectives, type Objective, objectiveId, type Scope } from "@/lib/slo/objective";
import { isSameScope } from "@/lib/slo/scopes";

/** What is said of objectives: by default, in pushline.yaml and in settings; each with where. */
export async function listObjectives(context: Context): Promise<Page<ObjectiveAnswer>> {
  const within = reachOf(context);
  const { slos, provisioned } = context.config;
  const items = objectivesOf(slos)
    .filter(({ objective }) => concerns(within, objective.scope))
    .map(({ objective, isDefault }) => {
      const isOfFile = provisioned.slos.includes(objectiveId(objective));
      const written = isOfFile ? "pushline.yaml" : "settings";
      return objectiveAnswerOf(objective, isDefault ? "default" : written);
    });
  return { items, nextCursor: null };
}

/** All that may hold: what was set, and the defaults where nothing was set in their place. */
export function objectivesOf(
  set: readonly Objective[],
): { objective: Objective; isDefault: boolean }[] {
  const standing = defaultObjectives.filter(
    ({ indicator, scope }) =>
      !set.some((each) => each.indicator === indicator && isSameScope(each.scope, scope)),
  );
  return [
    ...standing.map((objective) => ({ objective, isDefault: true })),
    ...set.map((objective) => ({ objective, isDefault: false })),
  ];
}

export function objectiveAnswerOf(objective: Objective, origin: ObjectiveOrigin): ObjectiveAnswer {
  const { indicator, scope, thresholdSeconds, target, windowDays } = objective;
  return {
    id: objectiveId(objective),
    indicator,
    scope: scopeAnswer(scope),
    thresholdSeconds,
    target,
    windowDays,
    origin,
    provisioned: origin === "pushline.yaml",
  };
}

export function scopeAnswer({ kind, name }: Scope): ObjectiveAnswer["scope"] {
  return kind === "all" ? {} : { [kind]: name };
}

/** The instance's objectives concern everybody; a narrower one whoever reaches it. */
function concerns(within: Within | null, { kind, name }: Scope): boolean {
  if (within === null || kind === "all") return true;
  if (kind === "team") return within.teams.includes(name);
  return kind === "service" ? isWithin(within, name) : ownsRepository(within, name);
}
