import type { Metadata } from "next";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { readRemediesFilter, remediesQuestions } from "./questions";
import { RemediesOfFailures } from "./remedies-of-failures";

export const metadata: Metadata = { title: "Remedies" };

export default async function RemediesPage({ searchParams }: { searchParams: SearchParameters }) {
  const { window, timezone, value } = await readAddress(searchParams, "-90d");
  const { months, groups, failures } = remediesQuestions(
    readRemediesFilter(value),
    window,
    timezone,
  );
  return (
    <Preloaded questions={[months, groups, failures]}>
      <RemediesOfFailures />
    </Preloaded>
  );
}
