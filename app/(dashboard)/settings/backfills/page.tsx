import type { Metadata } from "next";
import { backfillsQuery, sourcesQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Backfills } from "./backfills";

export const metadata: Metadata = { title: "Backfills" };

export default function BackfillsPage() {
  return (
    <Preloaded questions={[backfillsQuery(), sourcesQuery()]}>
      <Backfills />
    </Preloaded>
  );
}
