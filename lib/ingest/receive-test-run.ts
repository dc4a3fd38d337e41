import type { IncomingMessage } from "node:http";
import { outside, ownsRepository, reachOf, sourceOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { findHostile } from "@/lib/http/find-hostile";
import { Problem } from "@/lib/http/problem";
import { dedupeKey, type StoredDelivery } from "@/lib/ingest/delivery";
import type { Door } from "@/lib/ingest/door";
import { plainHeaders } from "@/lib/ingest/headers";
import { readBody } from "@/lib/ingest/read-body";
import { postedQuery, queryHeader, writePosted } from "@/lib/sources/posted-run";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { checkReport } from "@/lib/sources/registry";

/**
 * Takes one run of tests as JUnit XML, with what it is about in the query; the same
 * report again is a duplicate. Throws `invalid_field`, `unsupported_media_type`,
 * `not_decodable` for what is no report, `not_found` for a repository outside of the
 * sender's reach, `too_many_requests`, and what readBody and GroupCommit throw.
 */
export async function receiveTestRun(
  door: Door,
  request: IncomingMessage,
  { sender, search }: { sender: Pick<Context, "config" | "actor">; search: string },
): Promise<StoredDelivery> {
  const query = decodeQuery(search);
  refuseOutside(sender, query.repository ?? "");
  const headers = plainHeaders(request);
  refuseOtherThanXml(headers);
  const hold = door.bodies.openForProved();
  try {
    const { decoded: body } = await readBody(request, hold);
    const source = sourceOf(sender.actor);
    door.rates.countDeliveries(source, 1);
    await refuseNoReport(body);
    const posted = writePosted(query);
    const [stored] = await door.commit.store([
      {
        source,
        provider: "junit",
        event: "test_run",
        dedupeKey: dedupeKey(source, "test_run", posted, body),
        headers: { "content-type": "application/xml", [queryHeader]: posted },
        body,
        receivedAt: door.context.clock.now(),
      },
    ]);
    return stored as StoredDelivery;
  } finally {
    hold.release();
  }
}

/** The query as it was sent, once it is known to say what it must. */
function decodeQuery(search: string): Record<string, string> {
  const sent = Object.fromEntries(new URLSearchParams(search));
  const hostile = findHostile(sent);
  if (hostile)
    throw new Problem("invalid_field", "The query holds what no text here may.", hostile);
  const result = postedQuery.safeParse(sent);
  if (result.success) return sent;
  const errors = result.error.issues.map((issue) => ({
    field: issue.path.join(".") || (issue.code === "unrecognized_keys" && issue.keys[0]) || "query",
    expected: issue.code === "unrecognized_keys" ? knownNames : issue.message,
  }));
  throw new Problem("invalid_field", `The query has ${errors.length} invalid field(s).`, {
    ...errors[0],
    errors,
  });
}

const knownNames = `one of ${Object.keys(postedQuery.shape).join(", ")}`;

function refuseOutside(sender: Pick<Context, "config" | "actor">, repository: string): void {
  const within = reachOf(sender);
  // A token of one source speaks as that source, which may speak of anything.
  if (within === null || within.source !== null || ownsRepository(within, repository)) return;
  throw new Problem("not_found", outside().message, {
    field: "repository",
    expected: "a repository of a service in reach",
  });
}

/** curl says of every body that it is a form, and scripts that name no type send nothing. */
const types =
  /^(|(application|text)\/([\w.-]+\+)?xml|text\/plain|application\/(octet-stream|x-www-form-urlencoded))$/;

function refuseOtherThanXml(headers: Record<string, string>): void {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (types.test(type)) return;
  throw new Problem("unsupported_media_type", "A run of tests comes as JUnit XML.", {
    field: "content-type",
    expected: "application/xml",
  });
}

async function refuseNoReport(body: Uint8Array): Promise<void> {
  try {
    await checkReport(body);
  } catch (error) {
    if (!(error instanceof UnreadableDelivery)) throw error;
    throw new Problem("not_decodable", `This is no JUnit XML: ${error.message}.`, {
      field: error.field ?? "body",
      expected: error.expected,
    });
  }
}
