import type { Metadata } from "next";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { Batches } from "./batches";
import { batchesQuestion } from "./question";

export const metadata: Metadata = { title: "Batch size" };

export default async function BatchesPage({ searchParams }: { searchParams: SearchParameters }) {
  const { window, value } = await readAddress(searchParams, "-90d");
  return (
    <Preloaded questions={[batchesQuestion(value, window)]}>
      <Batches />
    </Preloaded>
  );
}
