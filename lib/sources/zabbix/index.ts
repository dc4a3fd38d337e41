import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { timelessDeliveryId } from "@/lib/sources/timeless";
import { zabbixGuide } from "@/lib/sources/zabbix/guide";
import { readZabbix } from "@/lib/sources/zabbix/read";

export const zabbix: Provider = {
  name: "zabbix",
  title: "Zabbix",
  // Its media types are scripts of one's own; the guide's sends a bearer token.
  defaultAuth: "bearer",
  // A template that names no event says the same words at every problem.
  deliveryId: ({ body, receivedAt }) =>
    /"event_id"\s*:|[?&]eventid=\d/.test(beginning(body))
      ? null
      : timelessDeliveryId(body, receivedAt),
  eventName: ({ body }) =>
    /"status"\s*:\s*"(\w{1,20})"/.exec(beginning(body))?.[1]?.toLowerCase() ?? "unknown",
  keptHeaders: [],
  read: readZabbix,
  guide: zabbixGuide,
  testDelivery: (id) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({ status: "TEST", trigger: "Sent by Pushline as a test.", event_id: id }),
    ),
  }),
};
