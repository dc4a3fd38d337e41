import type { Statement } from "@/lib/facts/types";
import { list, name, need, type Payload, part, text } from "@/lib/sources/payload";
import { named, toTime } from "@/lib/sources/time";

/** What an entry of the audit log is about, in either of its two shapes. */
export interface Change {
  kind: string;
  action: string;
  project: string | null;
  /** null for a change in all environments, which LaunchDarkly writes as `~` or `*`. */
  environment: string | null;
  flag: string | null;
  when: Pick<Statement, "asOf" | "timeFromReceipt">;
}

/** A webhook names what it changed as a resource, `proj/p:env/e:flag/key`; an integration's context says it apart. */
export function openChange(body: Payload, receivedAt: Date): Change {
  const kind = need(name(body.kind), body.kind, "kind", "what was changed");
  const accesses = list(body.accesses).map(part);
  const access = accesses.find(({ action }) => name(action) === body.verbKind) ?? accesses[0] ?? {};
  const action = name(access.action) ?? name(body.verbKind) ?? "changed";
  const resource = resourceOf(text(access.resource));
  const project = part(body.project);
  const stamp = part(body.timestamp);
  return {
    kind,
    action,
    project: resource.proj ?? name(project.key),
    environment: inOneEnvironment(resource.env ?? name(part(project.environment).key)),
    flag: resource.flag ?? (kind === "flag" ? name(body.key) : null),
    when: named([toTime(body.date), toTime(stamp.milliseconds), toTime(stamp.rfc3339)], receivedAt),
  };
}

function inOneEnvironment(environment: string | null): string | null {
  return environment === "~" || environment === "*" ? null : environment;
}

/** Tags may follow after a semicolon: `env/production;tag`. */
function resourceOf(resource: string | null): { proj?: string; env?: string; flag?: string } {
  const parts = (resource ?? "").split(":").flatMap((given) => {
    const [, type, key] = /^(proj|env|flag)\/([^;]+)/.exec(given) ?? [];
    const value = name(key);
    return type && value ? [[type, value] as const] : [];
  });
  return Object.fromEntries(parts);
}
