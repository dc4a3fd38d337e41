"use client";

import { deliveryHref } from "@/app/_deliveries/naming";
import { OutcomePill } from "@/app/_deliveries/outcome-pill";
import { addressOf } from "@/app/_query/address";
import { deleteAnswer } from "@/app/_query/answer";
import { Item } from "@/app/_settings/item";
import { useSending } from "@/app/_settings/use-sending";
import { ProviderGlyph } from "@/app/_sources/source-glyph";
import { StatePill } from "@/app/_sources/state-pill";
import { ConfirmButton } from "@/app/_ui/confirm";
import { formatCount } from "@/app/_ui/format";
import { Line } from "@/app/_ui/line";
import { Note } from "@/app/_ui/note";
import { announce } from "@/app/_ui/toasts";
import { useOrigin } from "@/app/_ui/use-origin";
import { Ago, Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { SourceAnswer } from "@/lib/http/settings-answers";
import { proofWords } from "./auth-words";
import { ChangeProof } from "./change-proof";
import { FurtherPages } from "./further-pages";
import { RotateSource } from "./rotate-source";
import { ShowSteps } from "./show-steps";
import { TestSource } from "./test-source";

export function SourceItem({ source }: { source: SourceAnswer }) {
  const { name, title, provisioned, rotatedAt } = source;
  const path = `/api/v1/sources/${encodeURIComponent(name)}`;
  const finish = useSending(() => deleteAnswer(`${path}/rotation`), ["/api/v1/sources"]);
  const remove = useSending(
    () => deleteAnswer(path),
    ["/api/v1/sources"],
    () => announce(`${name} is removed.`),
  );
  return (
    <Item
      title={
        <PageLink
          href={`/settings/sources/${encodeURIComponent(name)}`}
          className="underline-offset-3 hover:underline"
        >
          {name}
        </PageLink>
      }
      beside={
        <span className="flex items-center gap-1.5 text-muted">
          <ProviderGlyph provider={source.provider} />
          {title}
          <StatePill state={source.state} />
        </span>
      }
      provisioned={provisioned}
      actions={
        <>
          <FurtherPages source={source} />
          <ShowSteps source={source} />
          {source.canTest && <TestSource name={name} />}
          {!provisioned && (
            <>
              <ChangeProof source={source} />
              <RotateSource source={source} />
              <ConfirmButton
                label={`Remove ${name}`}
                title={`Remove ${name}?`}
                words="What it sends from now on is refused. What it told stays."
                action="Remove it"
                onConfirm={() => remove.mutateAsync(undefined)}
              >
                Remove
              </ConfirmButton>
            </>
          )}
        </>
      }
    >
      <dl className="mt-1.5 grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        <Line name="Last delivery">
          <LastDelivery last={source.lastDelivery} />
        </Line>
        <Line name="Last 24 hours">
          <LastDay source={source} />
        </Line>
        <Line name="It proves itself">
          {proofWords(source)}
          {rotatedAt && (
            <span className="text-muted">
              , secret of <Moment at={rotatedAt} style="date" />
            </span>
          )}
        </Line>
        <Line name="Address">
          <code className="font-mono text-sm [overflow-wrap:anywhere]">
            {new URL(source.address, useOrigin()).href}
          </code>
        </Line>
      </dl>
      {source.secrets > 1 && (
        <div className="mt-2">
          <Note tone="warning">
            Two secrets hold: the old one and the new one.{" "}
            {provisioned ? (
              "Leave one of them in pushline.yaml when the provider has the new one."
            ) : (
              <ConfirmButton
                look="plain"
                title={`Let only ${name}'s new secret hold?`}
                words="What is still sent with the old one is refused from then on."
                action="Only the new one"
                onConfirm={() => finish.mutateAsync(undefined)}
              >
                Finish: only the new one
              </ConfirmButton>
            )}
          </Note>
        </div>
      )}
    </Item>
  );
}

function LastDelivery({ last }: { last: SourceAnswer["lastDelivery"] }) {
  if (last === null) return <span className="text-muted">none has arrived yet</span>;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <PageLink href={deliveryHref(last.id)} className="text-accent underline underline-offset-3">
          {last.event}
        </PageLink>
        <OutcomePill outcome={last.outcome} />
        <span className="text-muted">
          <Ago at={last.receivedAt} />
        </span>
      </span>
      {last.outcome === "failed" && last.error && (
        <span className="block text-bad">{last.error.detail}</span>
      )}
    </>
  );
}

function LastDay({ source: { name, deliveries24h, failed24h } }: { source: SourceAnswer }) {
  return (
    <span className="tabular">
      <PageLink
        href={addressOf("/deliveries", { source: name })}
        className="text-accent underline underline-offset-3"
      >
        {formatCount(deliveries24h)} arrived
      </PageLink>
      {failed24h > 0 && (
        <>
          ,{" "}
          <PageLink
            href={addressOf("/deliveries", { source: name, outcome: "failed" })}
            className="font-semibold text-bad underline underline-offset-3"
          >
            {formatCount(failed24h)} could not be read
          </PageLink>
        </>
      )}
    </span>
  );
}
