import type { Metadata } from "next";
import { sourceHealthQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Source } from "./source";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function SourcePage({ params }: Props) {
  const name = decodeURIComponent((await params).name);
  return (
    <Preloaded questions={[sourceHealthQuery(name)]}>
      <Source name={name} />
    </Preloaded>
  );
}
