import type { Metadata } from "next";
import { deploymentQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Deployment } from "./deployment";

export const metadata: Metadata = { title: "Deployment" };

export default async function DeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return (
    <Preloaded questions={[deploymentQuery(id)]}>
      <Deployment id={id} />
    </Preloaded>
  );
}
