import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const zabbixGuide: Guide = {
  icon: {
    path: "M2 2h20v20H2zM7 6v2h6.4L7 15.5V18h10v-2h-6.5L17 8.5V6z",
  },
  steps: zabbixSteps,
};

const parameters = [
  ["event_id", "{EVENT.ID}"],
  ["status", "{EVENT.STATUS}"],
  ["trigger", "{EVENT.NAME}"],
  ["hostname", "{HOST.NAME}"],
  ["severity", "{EVENT.SEVERITY}"],
  ["tags", "{EVENT.TAGSJSON}"],
  ["event_date", "{EVENT.DATE}"],
  ["event_time", "{EVENT.TIME}"],
  ["recovery_date", "{EVENT.RECOVERY.DATE}"],
  ["recovery_time", "{EVENT.RECOVERY.TIME}"],
  ["utc_offset", "+00:00"],
  ["link", "{$ZABBIX.URL}/tr_events.php?triggerid={TRIGGER.ID}&eventid={EVENT.ID}"],
] as const;

function zabbixSteps(given: Given): Step[] {
  return [
    {
      text: "In Zabbix open Alerts → Media types → “Create media type” of type Webhook, remove its parameters and add these:",
      fields: parameters,
    },
    { text: "As Script paste:", code: scriptOf(given) },
    {
      text: "On the tab “Message templates” add Problem and Problem recovery, then press “Add”.",
    },
    {
      text: "Under Users add the media type to a user whose time zone is UTC (or let utc_offset say the zone), and under Alerts → Actions → Trigger actions send problems and recoveries to that user.",
    },
  ];
}

function scriptOf(given: Given): string {
  return [
    "var request = new HttpRequest();",
    'request.addHeader("Content-Type: application/json");',
    ...proofOf(given),
    `var answer = request.post("${addressToPaste(given)}", value);`,
    'if (request.getStatus() !== 202) throw "Pushline: " + request.getStatus() + " " + answer;',
    'return "OK";',
  ].join("\n");
}

function proofOf({ auth, username, header, secret }: Given): string[] {
  switch (auth) {
    case "bearer":
      return [`request.addHeader("Authorization: Bearer ${secret}");`];
    case "basic":
      return [`request.addHeader("Authorization: Basic " + btoa("${username}:${secret}"));`];
    case "header":
      return [`request.addHeader("${header}: ${secret}");`];
    case "path":
    case "signature":
      return [];
  }
}
