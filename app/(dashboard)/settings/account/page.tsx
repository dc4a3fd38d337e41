import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { meQuery, sessionsQuery, signInWaysQuery } from "@/app/_query/queries";
import { one, type SearchParameters } from "@/app/_server/address";
import { pageContext } from "@/app/_server/page-context";
import { Preloaded } from "@/app/_server/preloaded";
import { Account } from "./account";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ searchParams }: { searchParams: SearchParameters }) {
  const { actor } = await pageContext();
  if (actor.kind === "visitor") redirect("/settings/people");
  return (
    <Preloaded questions={[meQuery(), sessionsQuery(), signInWaysQuery()]}>
      <Account problem={one((await searchParams).problem)} />
    </Preloaded>
  );
}
