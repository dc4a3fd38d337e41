"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { postAnswer } from "@/app/_query/answer";
import { sourcesQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { Note } from "@/app/_ui/note";
import { announce } from "@/app/_ui/toasts";
import { PageLink } from "@/app/_window/page-link";
import type { SourceAnswer } from "@/lib/http/settings-answers";

interface Ends {
  onStarted: () => void;
  onCancel: () => void;
}
type Able = SourceAnswer & { history: NonNullable<SourceAnswer["history"]> };

/** Whose webhooks tell of the same things has to be known first. */
export function StartBackfill(ends: Ends) {
  const query = useQuery(sourcesQuery());
  return (
    <Answered query={query} lines={5}>
      {({ items }) => {
        const able = items.filter((source): source is Able => source.history !== null);
        const [first] = able;
        return first ? (
          <StartForm sources={able} first={first} {...ends} />
        ) : (
          <Note>
            Add a source whose history can be fetched under{" "}
            <PageLink href="/settings/sources" className="text-accent underline underline-offset-3">
              Sources
            </PageLink>{" "}
            first, as one of GitHub: what its webhooks tell and what is fetched are one history.
          </Note>
        );
      }}
    </Answered>
  );
}

function StartForm({
  sources,
  first,
  onStarted,
  onCancel,
}: Ends & { sources: readonly Able[]; first: Able }) {
  const { mutate, isPending, error } = useSending(
    (body: ReturnType<typeof readForm>) => postAnswer("/api/v1/backfills", body),
    ["/api/v1/backfills"],
    () => {
      announce("It has begun.");
      onStarted();
    },
  );
  const [name, setName] = useState(first.name);
  const source = sources.find((one) => one.name === name) ?? first;
  return (
    <Form
      error={error}
      onSend={(values) => mutate(readForm(values, source.name))}
      className="max-w-xl"
    >
      {sources.length > 1 && (
        <SelectField
          name="source"
          label="Source"
          hint="Whose webhooks tell of the same things."
          value={name}
          onChange={({ target }) => setName(target.value)}
        >
          {sources.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name === one.title.toLowerCase() ? one.title : `${one.name} (${one.title})`}
            </option>
          ))}
        </SelectField>
      )}
      <Questions key={source.name} source={source} />
      <FormEnd error={error} pending={isPending} onCancel={onCancel}>
        Fetch it
      </FormEnd>
    </Form>
  );
}

function Questions({ source: { title, history } }: { source: Able }) {
  const [kind, setKind] = useState("history");
  const tokenHint = (kind === "missed" && history.missedTokenHint) || history.tokenHint;
  return (
    <>
      {history.knowsMissed && (
        <SelectField
          name="kind"
          label="What"
          hint="What was missed is sent anew by its webhook."
          value={kind}
          onChange={({ target }) => setKind(target.value)}
        >
          <option value="history">Its history</option>
          <option value="missed">What was sent and did not arrive</option>
        </SelectField>
      )}
      <TextField
        name="subject"
        label={history.label}
        placeholder={history.placeholder}
        required
        autoComplete="off"
      />
      <TextField
        name="since"
        label="Since"
        type="date"
        hint="Nothing older is asked for; empty asks for all there is."
      />
      <TextField
        name="token"
        label="Token"
        type="password"
        hint={`${tokenHint} It is forgotten when the backfill ends.`}
        autoComplete="off"
      />
      <TextField
        name="api"
        label="Address of the API"
        type="url"
        placeholder={history.api ?? "https://"}
        required={history.api === null}
        hint={
          history.api === null
            ? `Where your ${title} is.`
            : `Only where your ${title} is an installation of your own.`
        }
      />
    </>
  );
}

function readForm(values: FormData, source: string) {
  const text = (name: string) => String(values.get(name) ?? "").trim() || null;
  const since = text("since");
  return {
    kind: text("kind") ?? undefined,
    subject: text("subject") ?? undefined,
    source,
    since: since && `${since}T00:00:00Z`,
    token: text("token"),
    api: text("api"),
  };
}
