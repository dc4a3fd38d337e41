import type { Rows } from "@/lib/http/route";

/** A list too long to hold as `{"items":[…]}`, a batch whenever the reader has room for one. */
export function jsonStream(batches: AsyncIterable<Rows>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = batches[Symbol.asyncIterator]();
  let separator = "";
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(encoder.encode('{"items":[')),
      async pull(controller) {
        const { done, value } = await source.next();
        if (done) {
          controller.enqueue(encoder.encode("]}\n"));
          controller.close();
          return;
        }
        const items = value.map((item) => JSON.stringify(item)).join(",\n");
        controller.enqueue(encoder.encode(items === "" ? "" : `${separator}${items}`));
        if (items !== "") separator = ",\n";
      },
      async cancel() {
        await source.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}
