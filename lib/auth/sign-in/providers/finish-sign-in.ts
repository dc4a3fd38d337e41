import { recordAudit } from "@/lib/audit/audit";
import { asPerson, type PersonRow } from "@/lib/auth/people/add-person";
import { enter } from "@/lib/auth/sessions/enter";
import { readSession } from "@/lib/auth/sessions/sessions";
import { type Admission, admit, linkIdentity } from "@/lib/auth/sign-in/providers/admit";
import { findProvider } from "@/lib/auth/sign-in/providers/find-provider";
import { endFlow, type Flow, readFlow } from "@/lib/auth/sign-in/providers/flow";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { SignInProblem } from "@/lib/auth/sign-in/providers/sign-in-problems";
import { takeAttempt } from "@/lib/auth/sign-in/throttle";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** How a sign-in with a provider ended, and where the browser goes now. */
export interface Ending {
  location: string;
  /** Of the new session; null where there is none. */
  cookie: string | null;
}

interface Return {
  provider: string;
  /** What the provider sent the browser back with. */
  answer: URLSearchParams;
  headers: Headers;
}

/**
 * Ends what `beginSignIn` began: signs in (or adds the identity to the account that
 * asked), or leads back with `?problem=<code>` (sign-in-problems.ts). What was begun is
 * in the audit either way; its failure counts against the address. Throws
 * `set_up_needed`, `not_found`.
 */
export async function finishSignIn(context: Context, came: Return): Promise<Ending> {
  const { settings, provider } = await findProvider(context, came.provider);
  const cookies = came.headers.get("cookie");
  const flow = readFlow(context, came.provider, cookies);
  // Whoever began nothing guesses at nothing, and any page can lead a browser here.
  if (!flow) return { location: leadBack(null, "sign_in_expired"), cookie: null };
  try {
    const attempt = await takeAttempt(context, null);
    try {
      await endFlow(context, flow, came.answer.get("state"));
      const identity = await provider.identify(flow, came.answer);
      const cookie = await conclude(context, { settings, flow, identity }, came.headers);
      await attempt.succeeded();
      return { location: flow.next, cookie };
    } catch (error) {
      if (!(error instanceof SignInRefusal)) throw error;
      if (blameless.includes(error.problem)) await attempt.succeeded();
      await recordFailure(context, settings.name, error);
      throw error;
    }
  } catch (error) {
    return { location: leadBack(flow, problemOf(error)), cookie: null };
  }
}

/** Nobody guesses by these. */
const blameless: readonly SignInProblem[] = [
  "canceled",
  "provider_unavailable",
  "provider_misconfigured",
];

async function conclude(
  context: Context,
  admission: Admission,
  headers: Headers,
): Promise<string | null> {
  const { flow, identity } = admission;
  if (flow.linkTo !== null) {
    const asked = await readSession(context, headers.get("cookie"));
    // Signed out meanwhile, or in as somebody else: then nobody asked for this.
    if (asked?.id !== flow.linkTo) throw new SignInRefusal("state_mismatch");
    await context.db
      .transaction()
      .execute((trx) => linkIdentity(trx, { ...context, actor: asked }, asked.id, identity));
    return null;
  }
  return context.db.transaction().execute(async (trx) => {
    const person: PersonRow = await admit(trx, context, admission);
    const { issuer } = identity;
    await recordAudit(trx, asPerson(context, person), {
      action: "account.signed_in",
      subject: { kind: "person", id: person.id },
      details: { issuer },
    });
    return (await enter(trx, context, { person, issuer, headers })).cookie;
  });
}

/** Of what the provider said only its error code is kept: the rest may hold anything. */
async function recordFailure(
  context: Context,
  provider: string,
  { problem, providerCode }: SignInRefusal,
): Promise<void> {
  await recordAudit(context.db, context, {
    action: "account.sign_in_failed",
    subject: { kind: "provider", id: provider },
    details: { problem, ...(providerCode && { providerCode }) },
  });
}

function problemOf(error: unknown): SignInProblem {
  if (error instanceof SignInRefusal) return error.problem;
  if (error instanceof Problem && error.code === "too_many_requests") return "too_many_requests";
  throw error;
}

/** To where it began: the sign-in page, or the page whose owner wanted to add an identity. */
function leadBack(flow: Flow | null, problem: SignInProblem): string {
  if (flow?.linkTo) return withParameter(flow.next, "problem", problem);
  const page = withParameter("/sign-in", "problem", problem);
  return flow && flow.next !== "/" ? withParameter(page, "next", flow.next) : page;
}

function withParameter(path: string, name: string, value: string): string {
  const here = "http://pushline.invalid";
  const url = new URL(path, here);
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}${url.hash}`;
}
