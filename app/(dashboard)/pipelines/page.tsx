import type { Metadata } from "next";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { Pipelines } from "./pipelines";
import { pipelineQuestions } from "./questions";
import { readScope } from "./scope";

export const metadata: Metadata = { title: "Pipelines" };

export default async function PipelinesPage({ searchParams }: { searchParams: SearchParameters }) {
  const { window, timezone, value } = await readAddress(searchParams, "-90d");
  const { builds, tests, cases } = pipelineQuestions(readScope(value), window, timezone);
  return (
    <Preloaded questions={[builds, tests, cases]}>
      <Pipelines />
    </Preloaded>
  );
}
