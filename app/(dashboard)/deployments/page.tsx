import type { Metadata } from "next";
import { Deployments } from "./deployments";

export const metadata: Metadata = { title: "Deployments" };

export default function DeploymentsPage() {
  return <Deployments />;
}
