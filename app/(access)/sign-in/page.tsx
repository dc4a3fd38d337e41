import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { one, type SearchParameters } from "@/app/_server/address";
import { pageContext } from "@/app/_server/page-context";
import { relativeAddress } from "@/lib/auth/return-address";
import { readSignInWays } from "@/lib/auth/sign-in/sign-in-ways";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: SearchParameters }) {
  const parameters = await searchParams;
  const context = await pageContext();
  const next = relativeAddress(one(parameters.next));
  if (context.actor.kind !== "anonymous") redirect(next);
  const { setUpNeeded, password, providers } = await readSignInWays(context);
  if (setUpNeeded) redirect("/set-up");
  return (
    <SignIn
      next={next}
      problem={one(parameters.problem)}
      password={password}
      providers={providers}
    />
  );
}
