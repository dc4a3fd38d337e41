"use client";

import { useQuery } from "@tanstack/react-query";
import { browserName } from "@/app/_people/browser-name";
import { issuerName } from "@/app/_people/issuer-name";
import { deleteAnswer } from "@/app/_query/answer";
import { sessionsQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ConfirmButton } from "@/app/_ui/confirm";
import { Pill } from "@/app/_ui/pill";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { announce } from "@/app/_ui/toasts";
import { Ago, Moment } from "@/app/_window/moment";
import type { SessionAnswer } from "@/lib/auth/sessions/own-sessions";

const path = "/api/v1/me/sessions";

/** Where one is signed in; each can be ended from any other. */
export function Sessions() {
  const query = useQuery(sessionsQuery());
  const { mutateAsync } = useSending((_: undefined) => deleteAnswer(path), [path]);
  const others = query.data?.items.some(({ current }) => !current) ?? false;
  return (
    <Card
      title="Sessions"
      aside={
        others && (
          <ConfirmButton
            look="plain"
            title="End every other session?"
            words="Wherever else you are signed in, you will have to sign in again."
            action="End the others"
            onConfirm={() => mutateAsync(undefined)}
          >
            End all others
          </ConfirmButton>
        )
      }
    >
      <p className="mb-1 text-muted">
        A session ends by itself after 7 days without use, and after 30 days at the latest.
      </p>
      <Answered query={query} lines={3}>
        {({ items }) =>
          items.length === 0 ? <Empty title="No sessions" /> : <List items={items} />
        }
      </Answered>
    </Card>
  );
}

function List({ items }: { items: SessionAnswer[] }) {
  return (
    <Table label="Sessions">
      <thead>
        <tr>
          <Head>Browser</Head>
          <Head>Address</Head>
          <Head className="max-sm:hidden">Signed in by</Head>
          <Head className="max-sm:hidden">Since</Head>
          <Head>Last seen</Head>
          <Head>
            <span className="sr-only">End it</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {items.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ session }: { session: SessionAnswer }) {
  const { id, current, issuer, address, userAgent, createdAt, lastSeenAt } = session;
  const browser = browserName(userAgent);
  return (
    <tr className="hover:bg-sunken">
      <Cell className="whitespace-nowrap">
        <span title={userAgent ?? undefined}>{browser}</span>{" "}
        {current && <Pill tone="good">this one</Pill>}
      </Cell>
      <Cell className="tabular">{address ?? <span className="text-muted">unknown</span>}</Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">{issuerName(issuer)}</Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        <Moment at={createdAt} />
      </Cell>
      <Cell className="whitespace-nowrap">
        <Ago at={lastSeenAt} />
      </Cell>
      <Cell className="text-right">{!current && <End id={id} browser={browser} />}</Cell>
    </tr>
  );
}

function End({ id, browser }: { id: string; browser: string }) {
  const { mutate, isPending } = useSending(
    (_: undefined) => deleteAnswer(`${path}/${encodeURIComponent(id)}`),
    [path],
    () => announce("The session has ended."),
  );
  return (
    <Button
      data-control
      aria-label={`End the session of ${browser}`}
      disabled={isPending}
      onClick={() => mutate(undefined, { onError: (error) => announce(error.message) })}
    >
      End
    </Button>
  );
}
