import { isWithin, outside, ownsRepository, reachOf, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { resolveService } from "@/lib/deployments/resolve-service";
import { causeCandidates, sourceKey } from "@/lib/facts/keys";
import { placeDeployment, placeRelease, placeSignal } from "@/lib/facts/place";
import type { Statement } from "@/lib/facts/types";
import { Problem } from "@/lib/http/problem";
import type { SentEvent } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

type Sent = Pick<SentEvent, "provider" | "body"> & { headers?: Record<string, string> };

interface Refusal {
  index: number;
  field: string;
  expected: string;
}

/**
 * Refuses a batch in which any event speaks of a service or repository outside of
 * the reach of the token that sends it. What an event is about, the rules of
 * services say, as they will when it is read. Throws `not_found`, whose errors
 * name the index and field of each, also where an event does not tell.
 */
export async function refuseOutsideEvents(
  context: Pick<Context, "db" | "config" | "actor">,
  events: readonly Sent[],
): Promise<void> {
  const within = reachOf(context);
  // A token of one source speaks as that source, which may speak of anything.
  if (within === null || within.source !== null) return;
  const refusals: Refusal[] = [];
  const told = new Set<string>();
  for (const [index, event] of events.entries()) {
    const statements = statementsOf(event);
    if (statements === null) refusals.push({ index, ...untold });
    for (const statement of statements ?? []) {
      const field = outsideField(context.config, within, statement);
      if (field) refusals.push({ index, ...field });
      else if (mayCause.includes(statement.noun)) told.add(statement.key);
    }
    for (const blamed of causesIn(statements ?? []))
      if (!told.has(sourceKey(nobody, blamed)) && !(await isCauseWithin(context, within, blamed)))
        refusals.push({ index, ...cause });
  }
  const [first] = refusals;
  if (!first) return;
  throw new Problem(
    "not_found",
    `${first.field} of the event at ${first.index}: expected ${first.expected}; ${outside().message}`,
    { field: `events[${first.index}].${first.field}`, expected: first.expected, errors: refusals },
  );
}

const untold = { field: "type", expected: "an event that tells its service or repository" };
const service = { field: "service", expected: "a service within this token's reach" };
const repository = { field: "repository", expected: "a repository of a service in reach" };
const cause = { field: "cause", expected: "a deployment or release in reach, told of before" };
const mayCause: readonly Statement["noun"][] = ["deployment", "release"];
/** Stands for the sender in keys, which begin with its name. */
const nobody = "";

function causesIn(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ noun, members }) =>
    noun === "incident" ? (members.cause ?? []) : [],
  );
}

/** What its reader will make of it; null where that is nothing, or cannot be told now. */
function statementsOf({ provider, body, headers = {} }: Sent): readonly Statement[] | null {
  const input = { source: nobody, headers, body, receivedAt: new Date(0) };
  try {
    const reading = providerNamed(provider)?.read(input);
    return reading?.outcome === "read" && reading.statements.length > 0 ? reading.statements : null;
  } catch {
    return null;
  }
}

type Rules = Context["config"];

/** The field by which a statement leaves the reach; null where it stays within. */
function outsideField(
  config: Rules,
  within: Within,
  { noun, members }: Statement,
): Omit<Refusal, "index"> | null {
  switch (noun) {
    case "deployment":
      if (!members.service && !members.repository) return service;
      if (!isWithin(within, placeDeployment(config, members).service)) return service;
      return concerns(config, within, members.repository) ? null : repository;
    case "release":
      if (!members.service && !members.repository) return service;
      if (!isWithin(within, placeRelease(config, members).service)) return service;
      return concerns(config, within, members.repository) ? null : repository;
    case "alert":
    case "incident":
      return isWithin(within, placeSignal(config, members).service) ? null : service;
    case "commit":
    case "push":
    case "pull_request":
    case "build":
    case "test_run":
      return members.repository && ownsRepository(within, members.repository) ? null : repository;
    // Only the product itself says these.
    case "verdict":
    case "correction":
    case "separation":
      return untold;
  }
}

/**
 * Whether a deployment in reach may name this repository: one that its token
 * could not read would show its commits through the deployment's changes.
 */
function concerns(config: Rules, within: Within, name: string | null | undefined): boolean {
  if (!name || ownsRepository(within, name)) return true;
  const isClaimed = config.services.some(
    (rule) => rule.repository?.toLowerCase() === name.toLowerCase(),
  );
  const names = { service: null, environment: null, repository: name };
  return !isClaimed && isWithin(within, resolveService(names, config));
}

/** What the cause will be taken for must be in reach, if it is known at all by now. */
async function isCauseWithin(
  { db, config, actor }: Pick<Context, "db" | "config" | "actor">,
  within: Within,
  blamed: string,
): Promise<boolean> {
  const others = [...config.sources, ...config.tokens].map(({ name }) => name);
  const ids = causeCandidates([actor.name, ...others, ...config.formerNames], blamed);
  const known = await db
    .selectFrom("deployment_reports")
    .select(["id", "service"])
    .where("id", "in", ids)
    .unionAll(db.selectFrom("releases").select(["id", "service"]).where("id", "in", ids))
    .execute();
  const meant = ids.flatMap((id) => known.find((row) => row.id === id) ?? [])[0];
  return meant !== undefined && isWithin(within, meant.service);
}
