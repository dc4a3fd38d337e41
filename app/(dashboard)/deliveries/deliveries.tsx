"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { deliveryPages } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { ExportMenu } from "@/app/_ui/export-menu";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Picker } from "@/app/_ui/picker";
import { SearchField } from "@/app/_ui/search-field";
import { Empty } from "@/app/_ui/states";
import { Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import { DeliveryRow } from "./delivery-row";

const filterNames = ["outcome", "source", "event"] as const;
const outcomes = ["pending", "accepted", "ignored", "failed"].map((value) => ({
  value,
  label: value,
}));

/** What arrived, what became of it, and why not. */
export function Deliveries() {
  const { value, choose, search, any } = useFilters(filterNames);
  const query = useInfiniteQuery(deliveryPages({ ...search, limit: 50 }));
  const mayReplay = useViewer().can.replay;
  return (
    <>
      <PageHead title="Deliveries">
        <SearchField
          label="Source"
          placeholder="Name of a source"
          value={value("source")}
          onSearch={(text) => choose("source", text)}
        />
        <SearchField
          label="Event"
          placeholder="Name of an event"
          value={value("event")}
          onSearch={(text) => choose("event", text)}
        />
        <Picker
          name="Outcome"
          any="Every outcome"
          value={value("outcome")}
          choices={outcomes}
          onChoose={(next) => choose("outcome", next)}
        />
        <ExportMenu path="/api/v1/deliveries" search={search} />
      </PageHead>
      <PagedList query={query} empty={<Nothing filtered={any} />}>
        {(items) => (
          <Table label="Deliveries">
            <thead>
              <tr>
                <Head>Received</Head>
                <Head>Source</Head>
                <Head>Event</Head>
                <Head>Outcome</Head>
                <Head>What it told</Head>
                {mayReplay && (
                  <Head>
                    <span className="sr-only">Replay</span>
                  </Head>
                )}
              </tr>
            </thead>
            <tbody>
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} mayReplay={mayReplay} />
              ))}
            </tbody>
          </Table>
        )}
      </PagedList>
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty title="Nothing here">No delivery with these filters.</Empty>;
  return (
    <Empty title="Nothing has arrived">
      <PageLink href="/settings/sources" className="text-accent underline underline-offset-3">
        Add a source
      </PageLink>{" "}
      and paste its address where deployments, builds or alerts happen.
    </Empty>
  );
}
