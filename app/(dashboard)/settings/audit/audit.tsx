"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { auditPages, peopleQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import type { Choice } from "@/app/_ui/choice-list";
import { ExportMenu } from "@/app/_ui/export-menu";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Picker } from "@/app/_ui/picker";
import { SearchField } from "@/app/_ui/search-field";
import { Empty } from "@/app/_ui/states";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import type { AuditAnswer } from "@/lib/audit/audit-answer";
import type { PersonAnswer } from "@/lib/auth/people/list-people";
import { AuditTable } from "./audit-table";
import { actionName, auditActions } from "./sentences";

/** Who did what, when and from where. */
export function Audit() {
  const { can } = useViewer();
  if (!can.admin)
    return (
      <>
        <PageHead title="Audit" />
        <Note>The audit is open to admins of the instance.</Note>
      </>
    );
  return <ForAdmins />;
}

const filterNames = ["actorId", "action", "search"] as const;
const actions = auditActions.map((value) => ({ value, label: actionName(value) }));

function ForAdmins() {
  const window = useWindow("-28d");
  const { value, choose, search } = useFilters(filterNames);
  const filter = { ...search, ...openWindow(window) };
  const query = useInfiniteQuery(auditPages({ ...filter, limit: 50 }));
  const people = useQuery(peopleQuery()).data?.items ?? [];
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title="Audit">
        <ExportMenu path="/api/v1/audit" search={filter} />
      </PageHead>
      <div data-control className="flex flex-wrap items-center gap-2">
        <SearchField
          label="Words"
          placeholder="Search every word"
          value={value("search")}
          onSearch={(text) => choose("search", text)}
        />
        <Picker
          name="Who"
          any="Everyone"
          value={value("actorId")}
          choices={actorsOf(people, items, value("actorId"))}
          onChoose={(next) => choose("actorId", next)}
        />
        <Picker
          name="What"
          any="Everything"
          value={value("action")}
          choices={actions}
          onChoose={(next) => choose("action", next)}
        />
        <RangePicker window={window} />
      </div>
      <PagedList
        query={query}
        empty={
          <Empty title="Nothing was done here">
            No entry in this time range with these filters.
          </Empty>
        }
      >
        {(items) => (
          <AuditTable
            items={items}
            onActor={(id) => choose("actorId", id)}
            names={new Map(people.map(({ id, name }) => [id, name] as const))}
          />
        )}
      </PagedList>
    </>
  );
}

/** The people; and who was chosen in the list itself, a token or someone who is gone, by their last name. */
function actorsOf(
  people: readonly PersonAnswer[],
  items: readonly AuditAnswer[],
  chosen: string | null,
): Choice[] {
  const choices = people.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen === null || choices.some(({ value }) => value === chosen)) return choices;
  const entry = items.find(({ actorId }) => actorId === chosen);
  return [...choices, { value: chosen, label: entry?.actor ?? "someone who is gone" }];
}
