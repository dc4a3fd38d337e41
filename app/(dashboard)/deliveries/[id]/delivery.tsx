"use client";

import { useQuery } from "@tanstack/react-query";
import { OutcomePill } from "@/app/_deliveries/outcome-pill";
import { Replay } from "@/app/_deliveries/replay";
import { deliveryQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { PageHead } from "@/app/_ui/page-head";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeliveryDetailAnswer } from "@/lib/ingest/read-delivery";
import { Became } from "./became";
import { Body } from "./body";
import { Headers } from "./headers";

/** One delivery as it arrived, and what became of it. */
export function Delivery({ id }: { id: string }) {
  const query = useQuery(deliveryQuery(id));
  if (query.data) return <Found delivery={query.data} />;
  return (
    <>
      <PageHead title="Delivery" />
      <Card>
        <Answered query={query} lines={12}>
          {() => null}
        </Answered>
      </Card>
    </>
  );
}

function Found({ delivery }: { delivery: DeliveryDetailAnswer }) {
  const { id, event, source, receivedAt, outcome } = delivery;
  const mayReplay = useViewer().can.replay;
  return (
    <>
      <p className="mb-1 text-muted">
        <PageLink href="/deliveries" className="link">
          Deliveries
        </PageLink>{" "}
        / {id}
      </p>
      <PageHead
        title={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {event} <OutcomePill outcome={outcome} />
            <span className="text-base font-normal text-muted">
              from {source}, <Moment at={receivedAt} style="full" />
            </span>
          </span>
        }
      >
        {mayReplay && <Replay id={id} />}
      </PageHead>
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,42fr)_minmax(0,58fr)]">
        <div className="grid min-w-0 gap-3">
          <Became delivery={delivery} />
          <Headers headers={delivery.headers} />
        </div>
        <Body body={delivery.body} />
      </div>
    </>
  );
}
