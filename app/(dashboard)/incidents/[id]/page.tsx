import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { graphQuestions } from "@/app/_graphs/graph-queries";
import { incidentHref } from "@/app/_incidents/naming";
import { incidentQuery, suspectsQuery } from "@/app/_query/queries";
import { readAddress, type SearchParameters, searchOf } from "@/app/_server/address";
import { answerHere } from "@/app/_server/answer-here";
import { Preloaded, type Question } from "@/app/_server/preloaded";
import { requestNow } from "@/app/_server/request-now";
import type { IncidentAnswer } from "@/lib/http/answers";
import { Incident } from "./incident";
import { incidentWindow } from "./incident-window";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParameters;
}

const readIncident = async (id: string) =>
  (await answerHere(incidentQuery(id).queryKey[0], "")) as IncidentAnswer | undefined;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const incident = await readIncident(decodeURIComponent((await params).id));
  return { title: incident?.title ?? "Incident" };
}

export default async function IncidentPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).id);
  const { window, value } = await readAddress(searchParams, "-24h");
  const incident = await readIncident(id);
  // Any sign's id answers with the whole, which has one address.
  if (incident && incident.id !== id)
    redirect(incidentHref(incident.id) + (await searchOf(searchParams)));
  const graphs: Question[] = incident?.service
    ? graphQuestions(
        { service: incident.service, environment: incident.environment ?? "production" },
        value("from") === null ? incidentWindow(incident, requestNow()) : window,
      )
    : [];
  return (
    <Preloaded questions={[incidentQuery(id), suspectsQuery(id), ...graphs]}>
      <Incident id={id} />
    </Preloaded>
  );
}
