"use client";

import { useQuery } from "@tanstack/react-query";
import { ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { slosQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { plural } from "@/app/_ui/format";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { CopyLink } from "@/app/_window/copy-link";
import { PageLink } from "@/app/_window/page-link";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { AsOf } from "./as-of";
import { MainBranches } from "./main-branches";
import { RepositoryPicker } from "./repository-picker";
import { sloFilters } from "./slo-filters";
import { SloTable } from "./slo-table";

/** Do we meet our objectives, and what is burning? */
export function Slos() {
  const filters = useFilters(sloFilters);
  const query = useQuery(slosQuery(filters.search));
  const at = filters.value("at");
  const stoodAt = query.data?.items[0]?.to;
  return (
    <div className="space-y-3">
      <PageHead title="SLOs">
        <PageLink href="/settings/slos" className="link">
          Objectives
        </PageLink>
        {stoodAt && <CopyLink at={stoodAt} />}
      </PageHead>
      {at !== null && <AsOf at={at} onNow={() => filters.choose("at", null)} />}
      <div className="flex flex-wrap gap-2" data-control>
        <TeamPicker
          value={filters.value("team")}
          onChoose={(team) => filters.choose("team", team)}
        />
        <ServicePicker
          value={filters.value("service")}
          onChoose={(service) => filters.choose("service", service)}
        />
        <RepositoryPicker
          value={filters.value("repository")}
          onChoose={(repository) => filters.choose("repository", repository)}
        />
      </div>
      {/* Main branches are told of as they are now. */}
      {at === null && <MainBranches repository={filters.value("repository")} />}
      <Answered query={query} lines={12}>
        {({ items }) => <Found items={items} />}
      </Answered>
    </div>
  );
}

function Found({ items }: { items: readonly SloAnswer[] }) {
  const whole = items.filter(({ scope }) => Object.keys(scope).length === 0);
  const narrower = items
    .filter(({ scope }) => Object.keys(scope).length > 0)
    .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  if (items.length === 0)
    return (
      <Card>
        <Empty title="No objective is in force here">
          Set one in{" "}
          <PageLink href="/settings/slos" className="link">
            settings
          </PageLink>
          .
        </Empty>
      </Card>
    );
  return (
    <div className="space-y-3">
      <p role="status">{summary(items)}</p>
      {whole.length > 0 && (
        <Card title="Everything" padded={false}>
          <div className="px-1.5 pb-2">
            <SloTable label="Objectives of everything" items={whole} scoped={false} />
          </div>
        </Card>
      )}
      {narrower.length > 0 && (
        <Card title="By team, service and repository" padded={false}>
          <div className="px-1.5 pb-2">
            <SloTable label="Objectives by scope" items={narrower} scoped />
          </div>
        </Card>
      )}
    </div>
  );
}

/** The worst first. */
const order: readonly SloAnswer["state"][] = [
  "exhausted",
  "fast_burn",
  "slow_burn",
  "ok",
  "no_data",
];

function summary(items: readonly SloAnswer[]): string {
  const inState = (...states: SloAnswer["state"][]) =>
    items.filter(({ state }) => states.includes(state)).length;
  const measured = items.length - inState("no_data");
  if (measured === 0) return "Nothing has been measured yet.";
  const spent = inState("exhausted");
  const burning = inState("fast_burn", "slow_burn");
  const met = measured - spent;
  return [
    `${met} of ${plural(measured, "objective")} ${met === 1 ? "has" : "have"} budget left`,
    burning > 0
      ? `${burning} of them ${burning === 1 ? "is" : "are"} burning`
      : "none of them is burning",
    ...(spent > 0 ? [`${spent} ${spent === 1 ? "has" : "have"} spent it`] : []),
  ].join("; ");
}
