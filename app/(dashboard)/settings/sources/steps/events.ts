import { firstDeployment } from "@/app/_settings/first-event";
import { curlOf, type Given, type Step } from "./given";

/** Senders that are taught by a line to paste: Pushline's own events, CloudEvents and CDEvents. */

export function nativeSteps(given: Given): Step[] {
  return [
    {
      text: "Post an event, or a list of them, wherever something is deployed:",
      code: curlOf(given, "application/json", firstDeployment),
    },
  ];
}

export function cloudeventsSteps(given: Given): Step[] {
  return [
    {
      text: "Let the sender post to this address, structured, binary or batched. A first one to try:",
      code: curlOf(given, "application/cloudevents+json", {
        specversion: "1.0",
        id: "first",
        source: "/pipelines/checkout",
        type: "dev.pushline.deployment",
        datacontenttype: "application/json",
        data: firstDeployment,
      }),
    },
  ];
}

export function cdeventsSteps(given: Given): Step[] {
  return [
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
          content: {
            environment: { id: "production" },
            artifactId: `pkg:generic/checkout@1.0.0?vcs_url=git+https://example.com/acme/checkout@${firstDeployment.revision}`,
          },
        },
      }),
    },
  ];
}
