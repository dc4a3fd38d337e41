import { parse } from "yaml";
import {
  decodeText,
  isPayload,
  name,
  type Payload,
  parseJson,
  part,
  text,
} from "@/lib/sources/payload";
import { type DeliveryInput, UnreadableDelivery } from "@/lib/sources/reader";

/** An Application as Argo CD has it, whole or the parts that a template picked. */
export interface Application {
  metadata: Payload;
  spec: Payload;
  status: Payload;
  /** Where people look at it; null where the template says no address of Argo CD. */
  url: string | null;
}

/**
 * There is no fixed body: a template sends the Application alone, or as `app` beside
 * its `context`. `kubectl get application -o yaml` is the same object.
 */
export function openApplication({ headers, body }: DeliveryInput): Application {
  const sent = decodeText(body);
  const value = /yaml/i.test(headers["content-type"] ?? "") ? parseYaml(sent) : parseJson(sent);
  if (!isPayload(value)) throw new UnreadableDelivery("wrong_type", null, "an Application");
  const app = isPayload(value.app) ? value.app : value;
  const metadata = part(app.metadata);
  return {
    metadata,
    spec: part(app.spec),
    status: part(app.status),
    url: urlOf(text(part(value.context).argocdUrl, 1000), metadata),
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: "error", prettyErrors: false });
  } catch {
    throw new UnreadableDelivery("not_yaml", null, "YAML");
  }
}

function urlOf(argocd: string | null, metadata: Payload): string | null {
  const [namespace, app] = [name(metadata.namespace), name(metadata.name)];
  if (!argocd || !app) return null;
  const path = [namespace, app].flatMap((each) => (each ? [encodeURIComponent(each)] : []));
  return `${argocd.replace(/\/+$/, "")}/applications/${path.join("/")}`;
}
