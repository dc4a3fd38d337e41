import { alertmanager } from "@/lib/sources/alertmanager";
import { argocd } from "@/lib/sources/argocd";
import { azureAppService } from "@/lib/sources/azure-app-service";
import { azureDevops } from "@/lib/sources/azuredevops";
import { bitbucket } from "@/lib/sources/bitbucket";
import { bitbucketServer } from "@/lib/sources/bitbucket-server";
import { buildkite } from "@/lib/sources/buildkite";
import { cdevents } from "@/lib/sources/cdevents";
import { circleci } from "@/lib/sources/circleci";
import { cloudEventsCarrying } from "@/lib/sources/cloudevents";
import { splitCloudEventsWith } from "@/lib/sources/cloudevents/split";
import { datadog } from "@/lib/sources/datadog";
import { devlake } from "@/lib/sources/devlake";
import { isCloudEvents } from "@/lib/sources/envelope";
import { firehydrant } from "@/lib/sources/firehydrant";
import { flagsmith } from "@/lib/sources/flagsmith";
import { flux } from "@/lib/sources/flux";
import { giteaLike } from "@/lib/sources/gitea";
import { github } from "@/lib/sources/github";
import { gitlab } from "@/lib/sources/gitlab";
import { grafana } from "@/lib/sources/grafana";
import { graphite } from "@/lib/sources/graphite";
import { harness } from "@/lib/sources/harness";
import { heroku } from "@/lib/sources/heroku";
import { incidentio } from "@/lib/sources/incidentio";
import { jenkins } from "@/lib/sources/jenkins";
import { jira } from "@/lib/sources/jira";
import { junit } from "@/lib/sources/junit";
import { kubernetes } from "@/lib/sources/kubernetes";
import { launchdarkly } from "@/lib/sources/launchdarkly";
import { mapping } from "@/lib/sources/mapping";
import { native } from "@/lib/sources/native";
import { splitNativeEvent, splitNativeEvents } from "@/lib/sources/native/split";
import { netlify } from "@/lib/sources/netlify";
import { newrelic } from "@/lib/sources/newrelic";
import { octopus } from "@/lib/sources/octopus";
import { opsgenie } from "@/lib/sources/opsgenie";
import { pagerduty } from "@/lib/sources/pagerduty";
import { pelorus } from "@/lib/sources/pelorus";
import { pushline } from "@/lib/sources/pushline";
import type { Provider, Reader, SentEvent } from "@/lib/sources/reader";
import { sentry } from "@/lib/sources/sentry";
import { spinnaker } from "@/lib/sources/spinnaker";
import { standardWebhooks } from "@/lib/sources/standard-webhooks";
import { statuspage } from "@/lib/sources/statuspage";
import { unleash } from "@/lib/sources/unleash";
import { vercel } from "@/lib/sources/vercel";
import { zabbix } from "@/lib/sources/zabbix";

export { doraId } from "@/lib/sources/datadog/dora";
export { checkReport } from "@/lib/sources/junit/check-report";

/** Every provider that a source may be of: one folder and one line each. */
export const configurableProviders: readonly Provider[] = [
  alertmanager,
  argocd,
  azureAppService,
  azureDevops,
  bitbucket,
  bitbucketServer,
  buildkite,
  cdevents,
  circleci,
  cloudEventsCarrying({ cdevents, native }),
  datadog,
  devlake,
  firehydrant,
  flagsmith,
  flux,
  giteaLike(github),
  github,
  gitlab,
  grafana,
  graphite,
  harness,
  heroku,
  incidentio,
  jenkins,
  jira,
  kubernetes,
  launchdarkly,
  mapping,
  native,
  netlify,
  newrelic,
  octopus,
  opsgenie,
  pagerduty,
  pelorus,
  sentry,
  spinnaker,
  standardWebhooks,
  statuspage,
  unleash,
  vercel,
  zabbix,
];

/**
 * And what comes by addresses of the product's own: reports of tests, whose query says
 * what they are about, and people's own words.
 */
export const providers: readonly Reader[] = [...configurableProviders, junit, pushline];

/**
 * The one that reads by its source's own rules (`readBy`): in a process beside this one, which
 * takes time, so that nobody waits for it.
 */
export const mappedProvider = "mapping";

/** The provider of that name, as pushline.yaml and the deliveries table have it; null when unknown. */
export function providerNamed(name: string): Reader | null {
  return providers.find((provider) => provider.name === name) ?? null;
}

/**
 * The events of one request to POST /api/v1/events, each to be stored as a
 * delivery of its own: CloudEvents by their headers, native events otherwise.
 * Throws Problem `not_decodable` or `invalid_event`; then none is taken.
 */
export function splitEvents(headers: Record<string, string>, body: Uint8Array): SentEvent[] {
  return isCloudEvents(headers) ? splitCloudEvents(headers, body) : splitNativeEvents(body);
}

function splitCloudEvents(headers: Record<string, string>, body: Uint8Array): SentEvent[] {
  return splitCloudEventsWith(splitNativeEvent, headers, body);
}
