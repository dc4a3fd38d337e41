import type { Metadata } from "next";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { Pipelines } from "./pipelines";
import { pipelineQuestions } from "./questions";
import { readScope } from "./scope";

export const metadata: Metadata = { title: "Pipelines" };

export default async function PipelinesPage({ searchParams }: { searchParams: SearchParameters }) {
  const { window, timezone, weekStart, value } = await readAddress(searchParams, "-90d");
  const scope = readScope(value);
  const { builds, tests, cases } = pipelineQuestions(scope, window, { timezone, weekStart });
  return (
    <Preloaded questions={[builds, tests, cases]}>
      <Pipelines />
    </Preloaded>
  );
}
