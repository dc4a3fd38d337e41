import type { Metadata } from "next";
import { tokensQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Tokens } from "./tokens";

export const metadata: Metadata = { title: "Tokens" };

export default function TokensPage() {
  return (
    <Preloaded questions={[tokensQuery()]}>
      <Tokens />
    </Preloaded>
  );
}
