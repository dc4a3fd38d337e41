import type { Statement } from "@/lib/facts/types";
import { type Ignored, ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import { translations } from "@/lib/sources/gitea/as-github";
import { type GiteaReader, openDelivery } from "@/lib/sources/gitea/delivery";
import { readCreate, readPush } from "@/lib/sources/gitea/push";
import type { DeliveryInput, Reader, Reading } from "@/lib/sources/reader";

const own: Readonly<Record<string, GiteaReader>> = { push: readPush, create: readCreate };

/**
 * One delivery of Gitea or a fork of it as statements. Most of its payloads follow
 * GitHub's, so GitHub's reader is asked about them. Events that are not known are
 * ignored, never refused.
 */
export function readGiteaAs(github: Pick<Reader, "read">, input: DeliveryInput): Reading {
  const delivery = openDelivery(input);
  const { event, action } = delivery;
  const result = Object.hasOwn(translations, event)
    ? askGithub(github, input, translations[event]?.(delivery) ?? [])
    : readerOf(own, event)(delivery);
  return readingOf(action ? `${event}.${action}` : event, result);
}

function askGithub(
  github: Pick<Reader, "read">,
  input: DeliveryInput,
  translated: ReturnType<(typeof translations)[string]>,
): Statement[] | Ignored {
  if ("ignored" in translated) return translated;
  let last = ignoring("it says nothing")();
  for (const { event, body } of translated) {
    const reading = github.read({
      ...input,
      headers: { "x-github-event": event },
      body: Buffer.from(JSON.stringify(body)),
    });
    if (reading.outcome === "read")
      return event === "workflow_job" ? reading.statements.map(unnamed) : reading.statements;
    last = { ignored: reading.reason };
  }
  return last;
}

/** A job does not know the name of its workflow as GitHub's does: its run says it. */
function unnamed(statement: Statement): Statement {
  if (statement.noun !== "build") return statement;
  const { name: _, ...members } = statement.members;
  return { ...statement, members };
}
