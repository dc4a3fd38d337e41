"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { peoplePages } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { More } from "@/app/_ui/more";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { SearchField } from "@/app/_ui/search-field";
import { Empty } from "@/app/_ui/states";
import { Head, Table } from "@/app/_ui/table";
import type { PersonAnswer } from "@/lib/auth/people/list-people";
import { Invitations } from "./invitations";
import { Invite } from "./invite";
import { PersonRow } from "./person-row";

const searchedFrom = 8;

export function People() {
  const query = useInfiniteQuery(peoplePages());
  const { can } = useViewer();
  const [search, setSearch] = useState<string | null>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title="People">
        {items.length >= searchedFrom && (
          <SearchField
            label="Find a person"
            placeholder="Name, e-mail or team"
            value={search}
            onSearch={setSearch}
          />
        )}
        {can.admin && <Invite />}
      </PageHead>
      {!can.admin && query.data && <Note>{whoChanges(items)}</Note>}
      <Card title="Accounts">
        <Answered query={query} lines={6}>
          {() => (
            <List
              items={items.filter((person) => matches(person, search))}
              none={items.length === 0 ? "Nobody has an account yet" : "Nobody of that name"}
            />
          )}
        </Answered>
        <More
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </Card>
      {can.admin && <Invitations />}
    </>
  );
}

function List({ items, none }: { items: PersonAnswer[]; none: string }) {
  const { can } = useViewer();
  if (items.length === 0) return <Empty title={none} />;
  return (
    <Table label="People">
      <thead>
        <tr>
          <Head>Name</Head>
          <Head>Role</Head>
          <Head className="max-sm:hidden">Teams</Head>
          {can.admin && <Head className="max-sm:hidden">Signs in by</Head>}
          {can.admin && <Head className="max-sm:hidden">Last seen</Head>}
          {can.admin && (
            <Head>
              <span className="sr-only">Actions</span>
            </Head>
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </tbody>
    </Table>
  );
}

function matches({ name, email, teams }: PersonAnswer, search: string | null): boolean {
  const text = `${name} ${email ?? ""} ${Object.keys(teams).join(" ")}`.toLowerCase();
  return text.includes(search?.toLowerCase() ?? "");
}

const namedAdmins = 3;
const either = new Intl.ListFormat("en", { type: "disjunction" });

function whoChanges(people: PersonAnswer[]): string {
  const admins = people.filter(({ role, disabled }) => role === "admin" && !disabled);
  const names = admins.slice(0, namedAdmins).map(({ name }) => name);
  const ask = names.length > 0 ? ` Ask ${either.format(names)}.` : "";
  return `Only admins of this Pushline invite people and change their roles.${ask}`;
}
