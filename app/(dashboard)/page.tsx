import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { requestNow } from "@/app/_server/request-now";
import { Cockpit } from "@/app/(dashboard)/_cockpit/cockpit";
import { cockpitQuestions } from "@/app/(dashboard)/_cockpit/questions";

export default async function CockpitPage({ searchParams }: { searchParams: SearchParameters }) {
  const { timezone } = await readAddress(searchParams, "-24h");
  return (
    <Preloaded questions={cockpitQuestions(requestNow(), timezone)}>
      <Cockpit />
    </Preloaded>
  );
}
