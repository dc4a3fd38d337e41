import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { deploymentHref } from "@/app/_deployments/naming";
import { deploymentQuery } from "@/app/_query/queries";
import { type SearchParameters, searchOf } from "@/app/_server/address";
import { answerHere } from "@/app/_server/answer-here";
import { Preloaded } from "@/app/_server/preloaded";
import type { DeploymentAnswer } from "@/lib/http/answers";
import { Deployment } from "./deployment";

export const metadata: Metadata = { title: "Deployment" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParameters;
}

export default async function DeploymentPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).id);
  const found = (await answerHere(deploymentQuery(id).queryKey[0], "")) as
    | DeploymentAnswer
    | undefined;
  // Any report's id answers with the whole, which has one address.
  if (found && found.id !== id) redirect(deploymentHref(found.id) + (await searchOf(searchParams)));
  return (
    <Preloaded questions={[deploymentQuery(id)]}>
      <Deployment id={id} />
    </Preloaded>
  );
}
