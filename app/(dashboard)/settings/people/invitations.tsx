"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { deleteAnswer } from "@/app/_query/answer";
import { invitationPages } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { ConfirmButton } from "@/app/_ui/confirm";
import { More } from "@/app/_ui/more";
import { Pill, type Tone } from "@/app/_ui/pill";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { announce } from "@/app/_ui/toasts";
import { Moment } from "@/app/_window/moment";
import type { InvitationAnswer } from "@/lib/auth/people/list-invitations";

const tones: Record<InvitationAnswer["state"], Tone> = {
  open: "accent",
  accepted: "good",
  withdrawn: "plain",
  expired: "plain",
};

export function Invitations() {
  const query = useInfiniteQuery(invitationPages());
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title="Invitations">
      <Answered query={query} lines={3}>
        {() =>
          items.length === 0 ? (
            <Empty title="No invitations yet">
              An invitation is an address that makes one account, with the role you chose.
            </Empty>
          ) : (
            <List items={items} />
          )
        }
      </Answered>
      <More
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </Card>
  );
}

function List({ items }: { items: InvitationAnswer[] }) {
  return (
    <Table label="Invitations">
      <thead>
        <tr>
          <Head>For whom</Head>
          <Head>Role</Head>
          <Head className="max-sm:hidden">Invited by</Head>
          <Head>State</Head>
          <Head className="max-sm:hidden">Holds until</Head>
          <Head>
            <span className="sr-only">Withdraw</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {items.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ invitation }: { invitation: InvitationAnswer }) {
  const { note, role, teams, invitedBy, expiresAt, state } = invitation;
  return (
    <tr className="hover:bg-sunken">
      <Cell className="font-semibold sm:min-w-32">{note || "nobody named"}</Cell>
      <Cell className="whitespace-nowrap">
        {role}
        {Object.entries(teams).map(([team, held]) => (
          <span key={team} className="block text-muted">
            {held} of {team}
          </span>
        ))}
      </Cell>
      <Cell className="max-sm:hidden">{invitedBy}</Cell>
      <Cell>
        <Pill tone={tones[state]}>{state}</Pill>
      </Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        <Moment at={expiresAt} />
      </Cell>
      <Cell className="text-right">{state === "open" && <Withdraw invitation={invitation} />}</Cell>
    </tr>
  );
}

function Withdraw({ invitation: { id, note } }: { invitation: InvitationAnswer }) {
  const { mutateAsync } = useSending(
    (_: undefined) => deleteAnswer(`/api/v1/invitations/${encodeURIComponent(id)}`),
    ["/api/v1/invitations"],
    () => announce("The invitation is withdrawn."),
  );
  return (
    <ConfirmButton
      look="plain"
      label={`Withdraw the invitation for ${note || "nobody named"}`}
      title="Withdraw this invitation?"
      words="Its address makes no account any more."
      action="Withdraw"
      onConfirm={() => mutateAsync(undefined)}
    >
      Withdraw
    </ConfirmButton>
  );
}
