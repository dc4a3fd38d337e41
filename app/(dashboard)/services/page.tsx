import type { Metadata } from "next";
import { servicesQuery, teamsQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Services } from "./services";

export const metadata: Metadata = { title: "Services" };

export default function ServicesPage() {
  return (
    <Preloaded questions={[servicesQuery(), teamsQuery()]}>
      <Services />
    </Preloaded>
  );
}
