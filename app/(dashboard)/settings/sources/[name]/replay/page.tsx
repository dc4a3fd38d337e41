import type { Metadata } from "next";
import { replayQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Replay } from "./replay";

export const metadata: Metadata = { title: "Read again" };

export default async function ReplayPage({ params }: { params: Promise<{ name: string }> }) {
  const name = decodeURIComponent((await params).name);
  return (
    <Preloaded questions={[replayQuery(name)]}>
      <Replay source={name} />
    </Preloaded>
  );
}
