import type { Metadata } from "next";
import { peopleQuery, teamsQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Teams } from "./teams";

export const metadata: Metadata = { title: "Teams" };

export default function TeamsPage() {
  return (
    <Preloaded questions={[teamsQuery(), peopleQuery()]}>
      <Teams />
    </Preloaded>
  );
}
