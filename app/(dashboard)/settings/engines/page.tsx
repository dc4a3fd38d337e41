import type { Metadata } from "next";
import { enginesQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Engines } from "./engines";

export const metadata: Metadata = { title: "Engines" };

export default function EnginesPage() {
  return (
    <Preloaded questions={[enginesQuery()]}>
      <Engines />
    </Preloaded>
  );
}
