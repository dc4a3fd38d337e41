import type { Metadata } from "next";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { readTrends, trendsQuestions } from "./questions";
import { Trends } from "./trends";

export const metadata: Metadata = { title: "Trends" };

export default async function TrendsPage({ searchParams }: { searchParams: SearchParameters }) {
  const { window, timezone, weekStart, value } = await readAddress(searchParams, "-90d");
  const { shown } = trendsQuestions(readTrends(value), window, { timezone, weekStart });
  return (
    <Preloaded questions={[shown]}>
      <Trends />
    </Preloaded>
  );
}
