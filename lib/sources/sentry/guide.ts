import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const sentryGuide: Guide = {
  // Sentry's sign, from Simple Icons (CC0).
  icon: {
    path: "M13.91 2.505c-.873-1.448-2.972-1.448-3.844 0L6.904 7.92a15.478 15.478 0 0 1 8.53 12.811h-2.221A13.301 13.301 0 0 0 5.784 9.814l-2.926 5.06a7.65 7.65 0 0 1 4.435 5.848H2.194a.365.365 0 0 1-.298-.534l1.413-2.402a5.16 5.16 0 0 0-1.614-.913L.296 19.275a2.182 2.182 0 0 0 .812 2.999 2.24 2.24 0 0 0 1.086.288h6.983a9.322 9.322 0 0 0-3.845-8.318l1.11-1.922a11.47 11.47 0 0 1 4.95 10.24h5.915a17.242 17.242 0 0 0-7.885-15.28l2.244-3.845a.37.37 0 0 1 .504-.13c.255.14 9.75 16.708 9.928 16.9a.365.365 0 0 1-.327.543h-2.287c.029.612.029 1.223 0 1.831h2.297a2.206 2.206 0 0 0 1.922-3.31z",
  },
  offers: ["signature", "path"],
  makesSecret: true,
  steps: sentrySteps,
};

function sentrySteps(given: Given): Step[] {
  return [
    {
      text: "In Sentry open Settings → Developer Settings → Custom Integrations → “Create New Integration” → Internal Integration.",
    },
    {
      text: "Fill in:",
      fields: [
        ["Name", "Pushline"],
        ["Webhook URL", addressToPaste(given)],
        ["Alert Rule Action", "on"],
        ["Permissions: Issue & Event", "Read"],
        ["Webhooks", "issue"],
      ],
    },
    ...proofOf(given),
    {
      text: "In the alert rules that shall reach Pushline add the action “Send a notification via Pushline”: issue alerts and metric alerts each.",
    },
  ];
}

function proofOf({ auth, name, username, header, secret }: Given): Step[] {
  switch (auth) {
    case "signature":
      return [
        {
          text: `Press “Save Changes”; Sentry shows a Client Secret that it made itself. Where that is not ${secret} already, press “Rotate secret” beside ${name}, choose your own and paste it; then “Finish”.`,
        },
      ];
    case "path":
      return [{ text: "Press “Save Changes”." }];
    case "bearer":
    case "basic":
    case "header":
      return [
        {
          text: "Sentry sends no header of your own. A proxy of yours would have to add:",
          fields: [
            auth === "header"
              ? [header, secret]
              : [
                  "Authorization",
                  auth === "bearer"
                    ? `Bearer ${secret}`
                    : `Basic and the base64 of ${username}:${secret}`,
                ],
          ],
        },
      ];
  }
}
