import { addressToPaste, curlOf, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { firstDeployment } from "@/lib/sources/native/first-deployment";

export const standardWebhooksGuide: Guide = {
  icon: {
    path: "M12 1.5 21 5v7c0 5-3.6 8.7-9 10.5C6.6 20.7 3 17 3 12V5zm0 2.15L5 6.37V12c0 3.9 2.7 6.8 7 8.38 4.3-1.580 7-4.48 7-8.38V6.37zm4.3 4.45 1.4 1.4L11 16.2 6.800 12l1.4-1.4 2.8 2.8z",
  },
  steps,
};

function steps(given: Given): Step[] {
  if (given.auth !== "signature")
    return [
      {
        text: "Let the sender post its events here. A first one to try:",
        code: curlOf(given, "application/json", firstDeployment),
      },
    ];
  return [
    {
      text: "Give these to the library that signs (standardwebhooks, Svix and their like):",
      fields: [
        ["Address", addressToPaste(given)],
        ["Secret", given.secret],
      ],
    },
    {
      text: "Where the library takes standard base64 alone, add the source with a secret of your own, made by this:",
      code: "openssl rand -base64 32",
    },
  ];
}
