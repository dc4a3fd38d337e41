import type { Metadata } from "next";
import { deliveryQuery } from "@/app/_query/queries";
import { Preloaded } from "@/app/_server/preloaded";
import { Delivery } from "./delivery";

export const metadata: Metadata = { title: "Delivery" };

export default async function DeliveryPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return (
    <Preloaded questions={[deliveryQuery(id)]}>
      <Delivery id={id} />
    </Preloaded>
  );
}
