import type { Metadata } from "next";
import { pageContext } from "@/app/_server/page-context";
import { setUpNeeded } from "@/lib/auth/set-up/set-up";
import { SetUp } from "./set-up";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage() {
  return <SetUp needed={await setUpNeeded(await pageContext())} />;
}
