import { addressToPaste, type Given, type Step } from "./given";

export function alertmanagerSteps(given: Given): Step[] {
  return [
    {
      text: "Add this receiver to alertmanager.yml:",
      code: [
        "receivers:",
        `  - name: pushline`,
        "    webhook_configs:",
        `      - url: "${addressToPaste(given)}"`,
        "        send_resolved: true",
        ...proofOf(given),
      ].join("\n"),
    },
    {
      text: "Let it hear every alert first; your own routes go on below it, with the receiver you have last:",
      code: [
        "route:",
        "  routes:",
        "    - receiver: pushline",
        "      continue: true",
        '      group_by: ["..."]',
        "      group_wait: 0s",
        "      group_interval: 30s",
        "      repeat_interval: 24h",
      ].join("\n"),
    },
    {
      text: "Check and reload:",
      code: "amtool check-config alertmanager.yml\ncurl -X POST http://127.0.0.1:9093/-/reload",
    },
  ];
}

function proofOf({ auth, username, header, secret }: Given): string[] {
  switch (auth) {
    case "bearer":
      return [
        "        http_config:",
        "          authorization:",
        `            credentials: "${secret}"`,
      ];
    case "basic":
      return [
        "        http_config:",
        "          basic_auth:",
        `            username: "${username ?? ""}"`,
        `            password: "${secret}"`,
      ];
    case "header":
      return [
        "        http_config:",
        "          http_headers:",
        `            "${header ?? ""}":`,
        `              secrets: ["${secret}"]`,
      ];
    case "path":
    case "signature":
      return [];
  }
}
