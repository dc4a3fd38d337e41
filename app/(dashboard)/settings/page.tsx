import { redirect } from "next/navigation";
import { pageContext } from "@/app/_server/page-context";

export default async function SettingsPage() {
  const { actor } = await pageContext();
  redirect(actor.kind === "person" ? "/settings/account" : "/settings/people");
}
