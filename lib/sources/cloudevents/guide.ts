import { curlOf, type Guide } from "@/lib/sources/guide";
import { firstDeployment } from "@/lib/sources/native/first-deployment";

export const cloudeventsGuide: Guide = {
  icon: {
    path: "M7 19a5 5 0 0 1-.6-9.96A6.5 6.5 0 0 1 19 9.6 4.75 4.75 0 0 1 18.25 19zm0-2h11.25a2.75 2.75 0 0 0 .3-5.48l-1.5-.17-.24-1.49A4.5 4.5 0 0 0 8.2 10.1l-.37.87-.95.06A3 3 0 0 0 7 17z",
  },
  steps: (given) => [
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
  ],
};
