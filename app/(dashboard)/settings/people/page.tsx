import type { Metadata } from "next";
import { invitationPages, peoplePages, teamsQuery } from "@/app/_query/queries";
import { pageContext } from "@/app/_server/page-context";
import { Preloaded } from "@/app/_server/preloaded";
import { decide } from "@/lib/auth/policy";
import { People } from "./people";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const { config, actor } = await pageContext();
  const invites = decide(config, actor, "admin").may;
  return (
    <Preloaded questions={[peoplePages(), ...(invites ? [invitationPages(), teamsQuery()] : [])]}>
      <People />
    </Preloaded>
  );
}
