import { z } from "zod";
import { route } from "@/lib/http/route";

/**
 * Other tools' own addresses, so that a team changes one host name and keeps its
 * scripts. Proved by a source of that tool, or by a token; answered as the tool does.
 */

type Definition = Pick<
  Parameters<typeof route>[0],
  "operation" | "path" | "summary" | "parameters" | "answer" | "status" | "produces"
>;

const toolRoute = (definition: Definition, method: "POST" | "PATCH" = "POST") =>
  route({ method, access: "ingest", side: "server", ...definition });

const annotationAnswer = z.object({ message: z.string(), id: z.number() });

export const grafanaAnnotationRoute = toolRoute({
  operation: "receiveGrafanaAnnotation",
  path: "/api/annotations",
  summary: "Grafana's annotations API: a deployment, where its tags say so",
  answer: annotationAnswer,
});

export const grafanaGraphiteAnnotationRoute = toolRoute({
  operation: "receiveGrafanaGraphiteAnnotation",
  path: "/api/annotations/graphite",
  summary: "The same in Graphite's words, as Grafana takes them",
  answer: annotationAnswer,
});

export const graphiteEventRoute = toolRoute({
  operation: "receiveGraphiteEvent",
  path: "/events/",
  summary: "Graphite's events API: a deployment, where its tags say so",
  produces: "text/plain",
});

export const graphiteEventBareRoute = toolRoute({
  operation: "receiveGraphiteEventBare",
  path: "/events",
  summary: "The same without the last slash",
  produces: "text/plain",
});

export const pelorusRoute = toolRoute({
  operation: "receivePelorus",
  path: "/pelorus/webhook",
  summary: "Pelorus' webhook: commits, deployments and failures of an app",
  answer: z.object({ http_response: z.string(), http_response_code: z.number().int() }),
  status: 202,
});

const doraAnswer = z.object({ data: z.object({ id: z.string(), type: z.string() }) });

export const datadogDeploymentRoute = toolRoute({
  operation: "receiveDatadogDeployment",
  path: "/api/v2/dora/deployment",
  summary: "Datadog's DORA API: a deployment. Its key may come as DD-API-KEY",
  answer: doraAnswer,
  status: 202,
});

export const datadogFailureRoute = toolRoute({
  operation: "receiveDatadogFailure",
  path: "/api/v2/dora/failure",
  summary: "Datadog's DORA API: a failure, an incident of each of its services",
  answer: doraAnswer,
  status: 202,
});

export const datadogIncidentRoute = toolRoute({
  operation: "receiveDatadogIncident",
  path: "/api/v2/dora/incident",
  summary: "The same by its older name",
  answer: doraAnswer,
  status: 202,
});

export const datadogPatchRoute = toolRoute(
  {
    operation: "receiveDatadogDeploymentPatch",
    path: "/api/v2/dora/deployments/{id}",
    summary: "Datadog's DORA API: that a deployment failed, by the id it was answered with",
    parameters: z.object({ id: z.string() }),
    status: 202,
    produces: "text/plain",
  },
  "PATCH",
);

const devlakeAnswer = z.object({ success: z.boolean(), message: z.string() });
const devlakePath = "/api/rest/plugins/webhook";
const connection = { source: z.string() };
const issue = { ...connection, key: z.string() };

const devlakeRoute = (name: string, place: string, summary: string, parameters: z.ZodRawShape) =>
  toolRoute({
    operation: `receiveDevlake${name}`,
    path: `${devlakePath}/${place}`,
    summary,
    parameters: z.object(parameters),
    answer: devlakeAnswer,
  });

export const devlakeDeploymentRoute = devlakeRoute(
  "Deployment",
  "{source}/deployments",
  "DevLake's webhook: a deployment. The source is its name here, or a connection's number there",
  connection,
);
export const devlakeIssueRoute = devlakeRoute(
  "Issue",
  "{source}/issues",
  "DevLake's webhook: an issue, and an incident where its type says so",
  connection,
);
export const devlakeCloseRoute = devlakeRoute(
  "Close",
  "{source}/issue/{key}/close",
  "DevLake's webhook: closes an issue",
  issue,
);
export const devlakeConnectionDeploymentRoute = devlakeRoute(
  "ConnectionDeployment",
  "connections/{source}/deployments",
  "A deployment, of a connection",
  connection,
);
export const devlakeConnectionIssueRoute = devlakeRoute(
  "ConnectionIssue",
  "connections/{source}/issues",
  "An issue, of a connection",
  connection,
);
export const devlakeConnectionCloseRoute = devlakeRoute(
  "ConnectionClose",
  "connections/{source}/issue/{key}/close",
  "Closes an issue, of a connection",
  issue,
);
export const devlakeNamedDeploymentRoute = devlakeRoute(
  "NamedDeployment",
  "connections/by-name/{source}/deployments",
  "A deployment, of a connection by its name",
  connection,
);
export const devlakeNamedIssueRoute = devlakeRoute(
  "NamedIssue",
  "connections/by-name/{source}/issues",
  "An issue, of a connection by its name",
  connection,
);
export const devlakeNamedCloseRoute = devlakeRoute(
  "NamedClose",
  "connections/by-name/{source}/issue/{key}/close",
  "Closes an issue, of a connection by its name",
  issue,
);
