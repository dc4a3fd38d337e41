"use client";

import { deleteAnswer } from "@/app/_query/answer";
import { Provisioned } from "@/app/_settings/provisioned";
import { useSending } from "@/app/_settings/use-sending";
import { ConfirmButton } from "@/app/_ui/confirm";
import { Pill } from "@/app/_ui/pill";
import { Cell, Head, Table } from "@/app/_ui/table";
import { announce } from "@/app/_ui/toasts";
import { Ago, Moment } from "@/app/_window/moment";
import type { TokenAnswer } from "@/lib/http/settings-answers";
import { RotateToken } from "./rotate-token";
import { reachWords } from "./token-words";

export function TokenTable({ items }: { items: TokenAnswer[] }) {
  // What holds comes first; what ended stays below, since what it sent does too.
  const sorted = [
    ...items.filter(({ state }) => state === "active"),
    ...items.filter(({ state }) => state !== "active"),
  ];
  return (
    <Table label="Tokens">
      <thead>
        <tr>
          <Head>Token</Head>
          <Head>May</Head>
          <Head>Reach</Head>
          <Head>Last used</Head>
          <Head>Expires</Head>
          <Head>
            <span className="sr-only">Change</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {sorted.map((token) => (
          <Row key={token.id} token={token} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ token }: { token: TokenAnswer }) {
  const { name, prefix, scopes, reach, createdBy, createdAt, lastUsedAt, provisioned } = token;
  const isActive = token.state === "active";
  return (
    <tr className={isActive ? "hover:bg-sunken" : "text-muted hover:bg-sunken"}>
      <Cell className="min-w-40">
        <span className="font-semibold">{name}</span>{" "}
        {prefix && <code className="font-mono text-sm text-muted">{prefix}…</code>}{" "}
        {provisioned && <Provisioned />}
        {createdAt && (
          <span className="block text-sm text-muted">
            made by {createdBy ?? "someone"}, <Moment at={createdAt} style="date" />
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap">{scopes.join(", ")}</Cell>
      <Cell className="whitespace-nowrap">{reachWords(reach)}</Cell>
      <Cell className="whitespace-nowrap">
        {lastUsedAt ? (
          <Ago at={lastUsedAt} />
        ) : (
          <span className="text-muted">{provisioned ? "not noted" : "never"}</span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap">
        <Ends token={token} />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        {isActive && !provisioned && <Change token={token} />}
      </Cell>
    </tr>
  );
}

function Ends({ token: { state, expiresAt, replacing } }: { token: TokenAnswer }) {
  if (state === "revoked") return <Pill>revoked</Pill>;
  if (state === "expired")
    return (
      <>
        <Pill tone="warning">expired</Pill> {expiresAt && <Moment at={expiresAt} style="date" />}
      </>
    );
  return (
    <>
      {expiresAt ? <Moment at={expiresAt} style="date" /> : "never"}
      {replacing && (
        <span className="block text-sm text-muted">
          its old secret holds until <Moment at={replacing} style="moment" />
        </span>
      )}
    </>
  );
}

function Change({ token: { id, name, replacing } }: { token: TokenAnswer }) {
  const { mutateAsync } = useSending(
    () => deleteAnswer(`/api/v1/tokens/${encodeURIComponent(id)}`),
    ["/api/v1/tokens"],
    () => announce(`${name} is revoked.`),
  );
  return (
    <>
      <RotateToken id={id} name={name} isRotating={replacing !== null} />
      <ConfirmButton
        label={`Revoke ${name}`}
        title={`Revoke ${name}?`}
        words="Whoever holds it is refused at once, and it cannot be brought back. What it sent stays."
        action="Revoke it"
        onConfirm={() => mutateAsync(undefined)}
      >
        Revoke
      </ConfirmButton>
    </>
  );
}
