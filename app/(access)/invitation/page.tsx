import type { Metadata } from "next";
import { connection } from "next/server";
import { signInWays } from "@/app/_server/sign-in-ways";
import { Invitation } from "./invitation";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage() {
  // Which ways to sign in there are is a setting: asked anew each time.
  await connection();
  const { password, providers } = await signInWays();
  return <Invitation password={password} providers={providers} />;
}
