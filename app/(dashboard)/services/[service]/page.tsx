import type { Metadata } from "next";
import { graphQuestions } from "@/app/_graphs/graph-queries";
import { environmentsQuery, servicesQuery } from "@/app/_query/queries";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { Service } from "./service";

interface Props {
  params: Promise<{ service: string }>;
  searchParams: SearchParameters;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).service) };
}

export default async function ServicePage({ params, searchParams }: Props) {
  const service = decodeURIComponent((await params).service);
  const { window, value } = await readAddress(searchParams, "-24h");
  const environment = value("environment") ?? "production";
  return (
    <Preloaded
      questions={[
        servicesQuery(),
        environmentsQuery(),
        ...graphQuestions({ service, environment }, window),
      ]}
    >
      <Service name={service} />
    </Preloaded>
  );
}
