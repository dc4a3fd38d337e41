import type { Sample } from "@/lib/auth/testing-access/samples";

const annotation = { tags: ["deploy", "service:atlas"], time: 1_793_000_000_000, text: "deployed" };
const event = { what: "deployed", tags: "deploy service:atlas", when: 1_793_000_000 };
const dora = (told: object) => ({
  data: { attributes: { ...told, started_at: 1_793_000_000, finished_at: 1_793_000_060 } },
});
const connection = { source: "1" };
const deployment = {
  id: "sent",
  startedDate: "2026-11-02T11:00:00Z",
  deploymentCommits: [{ repoUrl: "https://git.example/acme/atlas", commitSha: "0123456" }],
};
const issue = {
  issueKey: "SENT-1",
  title: "down",
  type: "INCIDENT",
  component: "atlas",
  createdDate: "2026-11-02T11:00:00Z",
};

const deployed: Sample = { access: "ingest", parameters: connection, body: deployment };
const reported: Sample = { access: "ingest", parameters: connection, body: issue };
const closed: Sample = { access: "closing", parameters: { ...connection, key: "SENT-1" } };

/** What clients of other tools send, about atlas; a closing and a patch name an id and no service. */
export const toolSamples: Record<string, Sample> = {
  receiveGrafanaAnnotation: { access: "ingest", body: annotation },
  receiveGrafanaGraphiteAnnotation: { access: "ingest", body: event },
  receiveGraphiteEvent: { access: "ingest", body: event },
  receiveGraphiteEventBare: { access: "ingest", body: event },
  receiveDatadogDeployment: { access: "ingest", body: dora({ service: "atlas" }) },
  receiveDatadogFailure: { access: "ingest", body: dora({ services: ["atlas"] }) },
  receiveDatadogIncident: { access: "ingest", body: dora({ services: ["atlas"] }) },
  receiveDatadogDeploymentPatch: {
    access: "closing",
    parameters: { id: "d1" },
    body: { data: { type: "dora_deployment_patch_request", attributes: { change_failure: true } } },
  },
  receivePelorus: {
    access: "ingest",
    body: { app: "atlas", failure_id: "F1", failure_event: "created", timestamp: 1_793_000_000 },
  },
  receiveDevlakeDeployment: deployed,
  receiveDevlakeIssue: reported,
  receiveDevlakeClose: closed,
  receiveDevlakeConnectionDeployment: deployed,
  receiveDevlakeConnectionIssue: reported,
  receiveDevlakeConnectionClose: closed,
  receiveDevlakeNamedDeployment: deployed,
  receiveDevlakeNamedIssue: reported,
  receiveDevlakeNamedClose: closed,
};
