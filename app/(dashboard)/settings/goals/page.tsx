import type { Metadata } from "next";
import { goalsQuery, teamsQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Goals } from "./goals";

export const metadata: Metadata = { title: "Goals" };

export default function GoalsPage() {
  return (
    <Preloaded questions={[goalsQuery(), teamsQuery()]}>
      <Goals />
    </Preloaded>
  );
}
