import type { Metadata } from "next";
import { burnDownQuery, sloEventPages, slosQuery } from "@/app/_query/queries";
import { one, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { eventsQuestion, objectiveTitle, questionOf, readShown } from "./question";
import { Slo } from "./slo";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParameters;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: objectiveTitle(decodeURIComponent((await params).id)) };
}

export default async function SloPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).id);
  const given = await searchParams;
  const shown = readShown((name) => one(given[name]));
  const { at, last, day } = shown;
  // A part of the window is one of the answer's own: its events are asked for after it.
  const events = sloEventPages(id, eventsQuestion(shown, { to: null }));
  return (
    <Preloaded
      questions={[
        slosQuery(questionOf(id, at)),
        burnDownQuery(id, at),
        ...(last === null && day === null ? [events] : []),
      ]}
    >
      <Slo id={id} />
    </Preloaded>
  );
}
