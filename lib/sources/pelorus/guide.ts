import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const pelorusGuide: Guide = {
  icon: {
    path: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm4.6 3.4-2.9 6.3-6.3 2.9 2.9-6.3zm-4.6 3.4a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z",
  },
  steps: pelorusSteps,
};

function pelorusSteps(given: Given): Step[] {
  return [
    {
      text: "Save this as report.sh in the pipeline's image. It posts an event of Pelorus' own shape:",
      code: [
        `event="$1" body="$2"`,
        ...(given.auth === "signature"
          ? [
              `signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "${given.secret}" | sed 's/^.* //')`,
            ]
          : []),
        `curl --fail-with-body "${addressToPaste(given)}" -d "$body" \\`,
        ...proofOf(given).map((proof) => `  -H "${proof}" \\`),
        `  -H "X-Pelorus-Event: $event" -H "Content-Type: application/json"`,
      ].join("\n"),
    },
    {
      text: "After a deployment:",
      code: `sh report.sh deploytime "{\\"app\\":\\"checkout\\",\\"image_sha\\":\\"sha256:$DIGEST\\",\\"namespace\\":\\"production\\",\\"timestamp\\":$(date +%s)}"`,
    },
  ];
}

function proofOf({ auth, username, header, secret }: Given): string[] {
  switch (auth) {
    case "signature":
      return ["X-Hub-Signature-256: sha256=$signature"];
    case "bearer":
      return [`Authorization: Bearer ${secret}`];
    case "basic":
      return [`Authorization: Basic $(printf %s '${username}:${secret}' | base64 -w0)`];
    case "header":
      return [`${header}: ${secret}`];
    case "path":
      return [];
  }
}
