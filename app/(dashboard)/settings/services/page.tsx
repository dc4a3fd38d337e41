import type { Metadata } from "next";
import { serviceRulesQuery, teamsQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { ServiceRules } from "./service-rules";

export const metadata: Metadata = { title: "Rules of services" };

export default function ServiceRulesPage() {
  return (
    <Preloaded questions={[serviceRulesQuery(), teamsQuery()]}>
      <ServiceRules />
    </Preloaded>
  );
}
