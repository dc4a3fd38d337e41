import type { Metadata } from "next";
import { Deliveries } from "./deliveries";

export const metadata: Metadata = { title: "Deliveries" };

export default function DeliveriesPage() {
  return <Deliveries />;
}
