import type { Metadata } from "next";
import { Incident } from "./incident";

export const metadata: Metadata = { title: "Incident" };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <Incident id={decodeURIComponent(id)} />;
}
