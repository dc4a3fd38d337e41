import { curlOf, type Guide } from "@/lib/sources/guide";
import { firstDeployment } from "@/lib/sources/native/first-deployment";

export const nativeGuide: Guide = {
  icon: {
    path: "M11 2h2v20h-2zM2 16l5-6 3 3v3.2l-2.9-2.9L3.6 17.3zM14 11l3.4 2.6L21 6.6l1.8 1-4.8 9.2-4-3z",
  },
  steps: (given) => [
    {
      text: "Post an event, or a list of them, wherever something is deployed:",
      code: curlOf(given, "application/json", firstDeployment),
    },
  ],
};
