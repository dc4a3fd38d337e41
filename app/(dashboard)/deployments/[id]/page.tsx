import type { Metadata } from "next";
import { Deployment } from "./deployment";

export const metadata: Metadata = { title: "Deployment" };

export default async function DeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  return <Deployment id={decodeURIComponent((await params).id)} />;
}
