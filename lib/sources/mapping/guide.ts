import { firstDelivery, firstRules } from "@/lib/sources/first-mapping";
import { curlOf, type Guide } from "@/lib/sources/guide";

export const mappingGuide: Guide = {
  icon: {
    path: "M3 4h7v5H3zm11 11h7v5h-7zM5.5 11h2v5.5H11V14l4 3.5-4 3.5v-2.5H5.5zM14 4h7v2h-7zm0 3.5h7v2h-7z",
  },
  steps: (given) => [
    {
      text: "Have your tool post its JSON to this address. Until there is a mapping it is kept, and nothing is made of it:",
      code: curlOf(given, "application/json", firstDelivery),
    },
    {
      text: "Then open Mapping beside the source, pick one of the deliveries, and write rules; for the one above these, which pushline.yaml takes too:",
      code: firstRules.trimEnd(),
    },
    {
      text: "Save: what was kept is read by the rules as well, and the page shows how far that is.",
    },
  ],
};
