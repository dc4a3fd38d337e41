import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { meQuery, sessionsQuery } from "@/app/_query/queries";
import { pageContext } from "@/app/_server/page-context";
import { Preloaded } from "@/app/_server/preloaded";
import { Account } from "./account";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const { actor } = await pageContext();
  if (actor.kind === "visitor") redirect("/settings/people");
  return (
    <Preloaded questions={[meQuery(), sessionsQuery()]}>
      <Account />
    </Preloaded>
  );
}
