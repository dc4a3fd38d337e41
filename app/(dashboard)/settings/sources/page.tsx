import type { Metadata } from "next";
import { providersQuery, sourcesQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Sources } from "./sources";

export const metadata: Metadata = { title: "Sources" };

export default function SourcesPage() {
  return (
    <Preloaded questions={[sourcesQuery(), providersQuery()]}>
      <Sources />
    </Preloaded>
  );
}
