import { z } from "zod";
import { onlyNew } from "@/lib/http/only-new";
import { route } from "@/lib/http/route";
import { teamAnswer } from "@/lib/services/list-teams";
import { removeTeam } from "@/lib/settings/remove-team";
import { saveTeam, teamBody, teamName } from "@/lib/settings/save-team";

export const saveTeamRoute = route({
  operation: "saveTeam",
  method: "PUT",
  path: "/api/v1/teams/{name}",
  summary: "Makes a team or changes its time zone; with If-None-Match: * only a new one",
  access: "admin",
  side: "next",
  parameters: z.object({ name: teamName }),
  body: teamBody,
  answer: teamAnswer,
  run: (context, { parameters: { name }, body, headers }) =>
    saveTeam(context, name, body, onlyNew(headers)),
});

export const removeTeamRoute = route({
  operation: "removeTeam",
  method: "DELETE",
  path: "/api/v1/teams/{name}",
  summary: "Removes a team that no service and no token is of",
  access: "admin",
  side: "next",
  parameters: z.object({ name: z.string() }),
  answer: z.object({ name: z.string() }),
  run: (context, { parameters: { name } }) => removeTeam(context, name),
});
