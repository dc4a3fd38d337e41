import type { Metadata } from "next";
import { pageContext } from "@/app/_server/page-context";
import { readSignInWays } from "@/lib/auth/sign-in/sign-in-ways";
import { Invitation } from "./invitation";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage() {
  const { password, providers } = await readSignInWays(await pageContext());
  return <Invitation password={password} providers={providers} />;
}
