import type { Metadata } from "next";
import { Builds } from "./builds";

export const metadata: Metadata = { title: "Builds" };

export default function BuildsPage() {
  return <Builds />;
}
