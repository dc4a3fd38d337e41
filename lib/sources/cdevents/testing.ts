import { cdevents } from "@/lib/sources/cdevents";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { statementsOf } from "@/lib/sources/testing/reading";

/** What the reader makes of a body. */
export const readJson = (json: unknown) =>
  cdevents.read({ source: "ci", headers: {}, body: Buffer.from(JSON.stringify(json)), receivedAt });
/** The statements of published samples. */
export const read = (...files: string[]) =>
  files.flatMap((file) => statementsOf(cdevents.read(deliveryOf("cdevents", `${file}.1.json`))));
/** The statements of an event of a type, so many minutes after ten. */
export const event = (type: string, subject: object, minute = 0, extra: object = {}) =>
  statementsOf(
    readJson({
      context: {
        version: "0.4.1",
        id: `e${minute}`,
        source: "/ci",
        type: `dev.cdevents.${type}`,
        timestamp: `2026-01-01T10:0${minute}:00Z`,
      },
      subject: { id: "s1", source: "/ci", ...subject },
      ...extra,
    }),
  );
