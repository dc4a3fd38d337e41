import type { Metadata } from "next";
import { mainBranchesQuery, slosQuery } from "@/app/_query/queries";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { sloFilters } from "./slo-filters";
import { Slos } from "./slos";

export const metadata: Metadata = { title: "SLOs" };

export default async function SlosPage({ searchParams }: { searchParams: SearchParameters }) {
  const { value } = await readAddress(searchParams, "-28d");
  const filter = Object.fromEntries(sloFilters.map((name) => [name, value(name)]));
  const repository = value("repository");
  return (
    <Preloaded questions={[slosQuery(filter), mainBranchesQuery({ repository })]}>
      <Slos />
    </Preloaded>
  );
}
