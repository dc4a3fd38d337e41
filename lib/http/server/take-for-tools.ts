import type { ServerResponse } from "node:http";
import { authenticate } from "@/lib/auth/authenticate";
import { authorise } from "@/lib/auth/policy";
import { addressHeader } from "@/lib/http/client-address";
import type { Route } from "@/lib/http/route";
import * as tools from "@/lib/http/routes/tools";
import type { Exchange } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendJson, sendText } from "@/lib/http/server/send";
import {
  type ReceivedForTool,
  receiveForTool,
  type ToolRequest,
} from "@/lib/ingest/receive-for-tool";
import { doraId } from "@/lib/sources/registry";
import { recordReceived } from "@/lib/telemetry/record-received";

type Take = (house: House, exchange: Exchange) => Promise<void>;
type Asked = ToolRequest | ((parameters: Record<string, string>) => ToolRequest);
type Tell = (response: ServerResponse, received: ReceivedForTool) => void;

const added =
  (message: string): Tell =>
  (response, { id }) =>
    sendJson(response, 200, { message, id: Number(id) });
const done: Tell = (response) => sendText(response, 200, "text/plain; charset=utf-8", "");
const succeeded: Tell = (response) =>
  sendJson(response, 200, { success: true, message: "success" });
const webhookReceived: Tell = (response) =>
  sendJson(response, 202, { http_response: "Webhook Received", http_response_code: 200 });

const doraAdded =
  (type: string): Tell =>
  (response, { id, body }) =>
    sendJson(response, 202, { data: { id: idIn(body) ?? id, type } });
const accepted: Tell = (response) => sendText(response, 202, "text/plain; charset=utf-8", "");

const datadog: ToolRequest = { provider: "datadog", keyHeader: "dd-api-key" };
const devlake =
  (path: string) =>
  ({ source, key = "" }: Record<string, string>): ToolRequest => ({
    provider: "devlake",
    named: source,
    path: path.replace("{key}", encodeURIComponent(key)),
  });

/** Each tool's addresses, and the answer that its clients wait for. */
export const toolAnswers: readonly [Pick<Route, "operation">, Take][] = [
  [tools.grafanaAnnotationRoute, taking({ provider: "grafana" }, added("Annotation added"))],
  [
    tools.grafanaGraphiteAnnotationRoute,
    taking({ provider: "grafana" }, added("Graphite annotation added")),
  ],
  [tools.graphiteEventRoute, taking({ provider: "graphite" }, done)],
  [tools.graphiteEventBareRoute, taking({ provider: "graphite" }, done)],
  [tools.datadogDeploymentRoute, taking(datadog, doraAdded("dora_deployment"))],
  [tools.datadogFailureRoute, taking(datadog, doraAdded("dora_failure"))],
  [tools.datadogIncidentRoute, taking(datadog, doraAdded("dora_incident"))],
  [tools.datadogPatchRoute, taking(({ id }) => ({ ...datadog, path: id }), accepted)],
  [tools.pelorusRoute, taking({ provider: "pelorus" }, webhookReceived)],
  ...[
    tools.devlakeDeploymentRoute,
    tools.devlakeConnectionDeploymentRoute,
    tools.devlakeNamedDeploymentRoute,
  ].map((route) => [route, taking(devlake("deployments"), succeeded)] as [typeof route, Take]),
  ...[tools.devlakeIssueRoute, tools.devlakeConnectionIssueRoute, tools.devlakeNamedIssueRoute].map(
    (route) => [route, taking(devlake("issues"), succeeded)] as [typeof route, Take],
  ),
  ...[tools.devlakeCloseRoute, tools.devlakeConnectionCloseRoute, tools.devlakeNamedCloseRoute].map(
    (route) => [route, taking(devlake("issue/{key}/close"), succeeded)] as [typeof route, Take],
  ),
];

function taking(asked: Asked, tell: Tell): Take {
  return async ({ context, door }, { request, response, parameters }) => {
    const started = performance.now();
    const tool = typeof asked === "function" ? asked(parameters) : asked;
    const received = await receiveForTool(door, request, tool, async (headers) => {
      const reader = { get: (name: string) => headers[name] ?? null };
      const actor = await authenticate(context, reader, request.method ?? "POST");
      const admitted = { ...context, actor, address: headers[addressHeader] ?? null };
      authorise(admitted, "ingest");
      return admitted;
    });
    tell(response, received);
    recordReceived(received.source, [received.outcome], (performance.now() - started) / 1000);
  };
}

/** The id by which a later PATCH finds it again; null for a body that is quarantined. */
function idIn(body: Uint8Array): string | null {
  try {
    return doraId(body);
  } catch {
    return null;
  }
}
