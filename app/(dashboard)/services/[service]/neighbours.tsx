"use client";

import { serviceHref } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { PageLink } from "@/app/_window/page-link";
import type { ServiceAnswer } from "@/lib/http/service-answers";

/** Whose deployments are drawn beside its own, and whom it can break. */
export function Neighbours({ service }: { service: ServiceAnswer | undefined }) {
  if (!service) return null;
  return (
    <Card title="Neighbours">
      <dl className="grid grid-cols-[110px_minmax(0,1fr)] gap-y-1">
        <dt className="text-muted">Depends on</dt>
        <dd>
          <Names names={service.dependsOn} />
        </dd>
        <dt className="text-muted">Dependents</dt>
        <dd>
          <Names names={service.dependents} />
        </dd>
      </dl>
    </Card>
  );
}

function Names({ names }: { names: string[] }) {
  if (names.length === 0) return <span className="text-muted">none named</span>;
  return (
    <ul className="flex flex-wrap gap-x-3">
      {names.map((name) => (
        <li key={name}>
          <PageLink href={serviceHref(name)} className="link font-semibold">
            {name}
          </PageLink>
        </li>
      ))}
    </ul>
  );
}
