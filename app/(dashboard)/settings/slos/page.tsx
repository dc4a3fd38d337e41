import type { Metadata } from "next";
import { objectivesQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Objectives } from "./objectives";

export const metadata: Metadata = { title: "Objectives" };

export default function ObjectivesPage() {
  return (
    <Preloaded questions={[objectivesQuery()]}>
      <Objectives />
    </Preloaded>
  );
}
