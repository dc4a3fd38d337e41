import type { Metadata } from "next";
import { mappingQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Mapping } from "./mapping";

export const metadata: Metadata = { title: "Mapping" };

export default async function MappingPage({ params }: { params: Promise<{ name: string }> }) {
  const name = decodeURIComponent((await params).name);
  return (
    <Preloaded questions={[mappingQuery(name)]}>
      <Mapping source={name} />
    </Preloaded>
  );
}
