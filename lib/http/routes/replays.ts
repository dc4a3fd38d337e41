import { z } from "zod";
import {
  mappingAnswer,
  mappingPreviewAnswer,
  replayAnswer,
  replayPreviewAnswer,
  savedMappingAnswer,
} from "@/lib/http/replay-answers";
import { route } from "@/lib/http/route";
import { mappingPreviewBody, previewMapping } from "@/lib/settings/preview-mapping";
import {
  previewSourceReplay,
  readSourceReplay,
  replayPreviewBody,
  replaySource,
} from "@/lib/settings/replay-source";
import { mappingBody, readSourceMapping, saveSourceMapping } from "@/lib/settings/source-mapping";

const parameters = z.object({ name: z.string() });

export const readSourceReplayRoute = route({
  operation: "readSourceReplay",
  method: "GET",
  path: "/api/v1/sources/{name}/replay",
  summary: "How far the last replay of a source is",
  access: "admin",
  side: "next",
  parameters,
  answer: replayAnswer,
  run: (context, { parameters: { name } }) => readSourceReplay(context, name),
});

export const replaySourceRoute = route({
  operation: "replaySource",
  method: "POST",
  path: "/api/v1/sources/{name}/replay",
  summary: "Reads all that is kept of a source again, in the background",
  access: "admin",
  side: "next",
  parameters,
  answer: replayAnswer,
  status: 202,
  run: (context, { parameters: { name } }) => replaySource(context, name),
});

export const previewSourceReplayRoute = route({
  operation: "previewSourceReplay",
  method: "POST",
  path: "/api/v1/sources/{name}/replay/preview",
  summary: "Which facts a replay would change; nothing is stored",
  access: "admin",
  side: "next",
  parameters,
  body: replayPreviewBody,
  answer: replayPreviewAnswer,
  run: (context, { parameters: { name }, body }) => previewSourceReplay(context, name, body),
});

export const readSourceMappingRoute = route({
  operation: "readSourceMapping",
  method: "GET",
  path: "/api/v1/sources/{name}/mapping",
  summary: "The rules by which a mapping source is read",
  access: "admin",
  side: "next",
  parameters,
  answer: mappingAnswer,
  run: (context, { parameters: { name } }) => readSourceMapping(context, name),
});

export const saveSourceMappingRoute = route({
  operation: "saveSourceMapping",
  method: "PUT",
  path: "/api/v1/sources/{name}/mapping",
  summary: "Sets the rules of a mapping source, and reads by them what is kept",
  access: "admin",
  side: "next",
  parameters,
  body: mappingBody,
  answer: savedMappingAnswer,
  run: (context, { parameters: { name }, body }) => saveSourceMapping(context, name, body),
});

export const previewMappingRoute = route({
  operation: "previewMapping",
  method: "POST",
  path: "/api/v1/sources/{name}/mapping/preview",
  summary: "What one kept delivery would come to by these rules; nothing is stored",
  access: "admin",
  side: "next",
  parameters,
  body: mappingPreviewBody,
  answer: mappingPreviewAnswer,
  run: (context, { parameters: { name }, body }) => previewMapping(context, name, body),
});
