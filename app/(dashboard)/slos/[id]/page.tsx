import type { Metadata } from "next";
import { burnDownQuery, sloEventPages, slosQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { objectiveTitle, questionOf, spentQuestion } from "./question";
import { Slo } from "./slo";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: objectiveTitle(decodeURIComponent((await params).id)) };
}

export default async function SloPage({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  return (
    <Preloaded
      questions={[slosQuery(questionOf(id)), burnDownQuery(id), sloEventPages(id, spentQuestion)]}
    >
      <Slo id={id} />
    </Preloaded>
  );
}
