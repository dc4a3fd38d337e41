import { identifier, list, name, type Payload, part, text } from "@/lib/sources/payload";

/**
 * What an event of Octopus is about, by the documents it refers to: their ids begin
 * with their kind, and their names stand in its message alone, at the offsets of
 * `MessageReferences` (counted in UTF-16, as here).
 */
export interface Referred {
  id: string | null;
  /** The name in the message, else the id. */
  title: string | null;
}

export function referred(event: Payload, kind: string): Referred {
  const isOfKind = (id: string | null) => id?.startsWith(`${kind}-`) === true;
  const id =
    list(event.RelatedDocumentIds)
      .map((each) => identifier(each))
      .find(isOfKind) ?? null;
  const reference = list(event.MessageReferences)
    .map(part)
    .find((each) => isOfKind(identifier(each.ReferencedDocumentId)));
  const found = identifier(reference?.ReferencedDocumentId);
  return { id: id ?? found, title: cut(event, reference) ?? id ?? found };
}

function cut(event: Payload, reference: Payload | undefined): string | null {
  const { StartIndex: start, Length: length } = reference ?? {};
  const message = text(event.Message, 100_000);
  if (message === null || typeof start !== "number" || typeof length !== "number") return null;
  return start < 0 || length <= 0 ? null : name(message.slice(start, start + length));
}
