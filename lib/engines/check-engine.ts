import { z } from "zod";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { type Engine, engineAddress, readEngine } from "@/lib/engines/engine";
import { readMatrix } from "@/lib/engines/read-matrix";
import type { EngineCheckAnswer } from "@/lib/http/settings-answers";
import { callOutside, type OutboundAnswer } from "@/lib/outbound/call";
import { OutboundProblem } from "@/lib/outbound/problem";
import { textOf } from "@/lib/outbound/text-of";

const buildInformation = z.object({
  status: z.literal("success"),
  data: z.object({ version: z.string().max(200) }),
});
const buildBytesAtMost = 64 * 1024;

/**
 * Whether an engine answers as Prometheus does, and its version where it tells one
 * (not all that speak its language do: then an instant query must be answered).
 * Throws `not_found`; why it does not answer is in the answer.
 */
export async function checkEngine(context: Context, name: string): Promise<EngineCheckAnswer> {
  authorise(context, "admin");
  const engine = await readEngine(context, name);
  const started = performance.now();
  const finding = await find(engine);
  return { ...finding, seconds: Math.round(performance.now() - started) / 1_000 };
}

async function find(engine: Engine): Promise<Omit<EngineCheckAnswer, "seconds">> {
  try {
    const version = await readVersion(engine);
    if (version === null) await askOne(engine);
    return { ok: true, version, problem: null };
  } catch (error) {
    if (!(error instanceof OutboundProblem)) throw error;
    return { ok: false, version: null, problem: { code: error.code, detail: error.message } };
  }
}

/** Null where it does not tell. */
function readVersion(engine: Engine): Promise<string | null> {
  const url = engineAddress(engine, "/api/v1/status/buildinfo");
  const { authorization } = engine;
  return callOutside({ url, authorization, bytesAtMost: buildBytesAtMost }, async (answer) => {
    refuseUnwelcome(answer);
    if (answer.status !== 200) return null;
    const parsed = buildInformation.safeParse(jsonOf(await textOf(answer.body)));
    return parsed.success ? parsed.data.data.version : null;
  });
}

function askOne(engine: Engine): Promise<void> {
  const url = engineAddress(engine, "/api/v1/query", { query: "vector(1)" });
  return callOutside({ url, authorization: engine.authorization }, async (answer) => {
    refuseUnwelcome(answer);
    if (answer.status === 404)
      throw new OutboundProblem("refused", "There is no Prometheus API at this address.");
    await readMatrix(answer.body);
  });
}

function refuseUnwelcome({ status }: OutboundAnswer): void {
  if (status === 401 || status === 403)
    throw new OutboundProblem(
      "refused",
      `It answered ${status}: the credential is not the right one.`,
    );
  if (status >= 500) throw new OutboundProblem("refused", `It answered ${status}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
