"use client";

import { useQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { burnDownQuery, slosQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { objectiveWords, scopeKind, scopeName } from "@/app/_slos/naming";
import { SloState } from "@/app/_slos/slo-state";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { CopyLink } from "@/app/_window/copy-link";
import { PageLink } from "@/app/_window/page-link";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { AsOf } from "../as-of";
import { BurnDownChart } from "./burn-down-chart";
import { BurnRates } from "./burn-rates";
import { Events } from "./events";
import { Figures } from "./figures";
import { objectiveTitle, questionOf, readShown, shownNames } from "./question";

/** One objective: how it stands, how its budget was spent, and by what. */
export function Slo({ id }: { id: string }) {
  const { value, chooseAll } = useFilters(shownNames);
  const shown = readShown(value);
  const query = useQuery(slosQuery(questionOf(id, shown.at)));
  const burnDown = useQuery(burnDownQuery(id, shown.at));
  const stoodAt = query.data?.items.find((item) => item.id === id)?.to;
  return (
    <div className="space-y-3">
      <PageHead title={objectiveTitle(id)}>
        <PageLink href="/slos" className="link">
          All SLOs
        </PageLink>
        {stoodAt && <CopyLink at={stoodAt} />}
      </PageHead>
      {shown.at !== null && <AsOf at={shown.at} onNow={() => chooseAll({ at: null })} />}
      <Answered query={query} lines={10}>
        {({ items }) => {
          const slo = items.find((item) => item.id === id);
          if (!slo)
            return (
              <Card>
                <Empty title="No such objective is in force">
                  It was switched off here, or never set.{" "}
                  <PageLink href="/settings/slos" className="link">
                    Objectives
                  </PageLink>
                </Empty>
              </Card>
            );
          return (
            <div className="space-y-3">
              <Standing slo={slo} />
              <Card className="pt-2">
                <Answered query={burnDown} lines={8}>
                  {({ points }) => (
                    <BurnDownChart
                      slo={slo}
                      points={points}
                      onDay={(day) => {
                        chooseAll({ day, last: null, rows: "all" });
                        document.getElementById("events")?.scrollIntoView();
                      }}
                    />
                  )}
                </Answered>
              </Card>
              <Card title="Burn rates" padded={false}>
                <div className="px-1.5 pb-2">
                  <BurnRates slo={slo} />
                </div>
              </Card>
              <Events slo={slo} shown={shown} onShow={chooseAll} />
            </div>
          );
        }}
      </Answered>
    </div>
  );
}

function Standing({ slo }: { slo: SloAnswer }) {
  const { can } = useViewer();
  const { scope, origin } = slo.objective;
  const place =
    Object.keys(scope).length === 0 ? "everything" : `the ${scopeKind(scope)} ${scopeName(scope)}`;
  return (
    <Card>
      <p className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <SloState state={slo.state} />
        <span>{objectiveWords(slo)}</span>
        <span className="text-muted">
          {origin === "default" ? "the usual objective" : `set for ${place} in ${origin}`}
          {can.manage && origin !== "pushline.yaml" && (
            <>
              {" · "}
              <PageLink href="/settings/slos" className="link">
                {origin === "default" ? "set another" : "change it"}
              </PageLink>
            </>
          )}
        </span>
      </p>
      <Figures slo={slo} />
    </Card>
  );
}
