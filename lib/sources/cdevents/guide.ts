import { curlOf, type Guide } from "@/lib/sources/guide";
import { firstDeployment } from "@/lib/sources/native/first-deployment";

const artifact = `pkg:generic/checkout@1.0.0?vcs_url=git+https://example.com/acme/checkout@${firstDeployment.revision}`;

export const cdeventsGuide: Guide = {
  icon: {
    path: "M12 3a9 9 0 1 0 8.5 12h-2.2A7 7 0 1 1 18.3 9h2.2A9 9 0 0 0 12 3zm0 5.5a3.5 3.5 0 1 0 3.36 4.5H23v-2h-7.64A3.5 3.5 0 0 0 12 8.5z",
  },
  steps: (given) => [
    {
      text: "Let the sender post its CDEvents here, bare or in a CloudEvent. A first one to try:",
      code: curlOf(given, "application/json", {
        context: {
          version: "0.4.1",
          id: "first",
          source: "/pipelines/checkout",
          type: "dev.cdevents.service.deployed.0.1.1",
          timestamp: given.at,
        },
        subject: {
          id: "checkout",
          type: "service",
          content: { environment: { id: "production" }, artifactId: artifact },
        },
      }),
    },
  ],
};
