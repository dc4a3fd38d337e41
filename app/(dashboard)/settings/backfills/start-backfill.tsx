"use client";

import { useQuery } from "@tanstack/react-query";
import { postAnswer } from "@/app/_query/answer";
import { sourcesQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { Note } from "@/app/_ui/note";
import { announce } from "@/app/_ui/toasts";
import { PageLink } from "@/app/_window/page-link";

interface Ends {
  onStarted: () => void;
  onCancel: () => void;
}

/** Whose webhooks tell of the same things has to be known first. */
export function StartBackfill(ends: Ends) {
  const query = useQuery(sourcesQuery());
  return (
    <Answered query={query} lines={5}>
      {({ items }) => {
        const able = items.filter(({ hasHistory }) => hasHistory);
        return able.length > 0 ? (
          <StartForm sources={able.map(({ name }) => name)} {...ends} />
        ) : (
          <Note>
            Add a source of GitHub under{" "}
            <PageLink href="/settings/sources" className="text-accent underline underline-offset-3">
              Sources
            </PageLink>{" "}
            first: what its webhooks tell and what is fetched are one history.
          </Note>
        );
      }}
    </Answered>
  );
}

function StartForm({ sources, onStarted, onCancel }: Ends & { sources: readonly string[] }) {
  const { mutate, isPending, error } = useSending(
    (body: ReturnType<typeof readForm>) => postAnswer("/api/v1/backfills", body),
    ["/api/v1/backfills"],
    () => {
      announce("The history is being fetched.");
      onStarted();
    },
  );
  return (
    <Form error={error} onSend={(values) => mutate(readForm(values))} className="max-w-xl">
      <TextField
        name="repository"
        label="Repository"
        placeholder="owner/name"
        required
        autoComplete="off"
      />
      {sources.length > 1 && (
        <SelectField name="source" label="Source" hint="Whose webhooks tell of this repository.">
          {sources.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      )}
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
        hint="That may read contents, metadata, pull requests, actions and deployments. Without one GitHub answers 60 questions an hour. It is forgotten when the backfill ends."
        autoComplete="off"
      />
      <TextField
        name="api"
        label="Address of the API"
        type="url"
        placeholder="https://api.github.com"
        hint="Only for an Enterprise Server, as https://github.example.com/api/v3"
      />
      <FormEnd error={error} pending={isPending} onCancel={onCancel}>
        Fetch it
      </FormEnd>
    </Form>
  );
}

function readForm(values: FormData) {
  const text = (name: string) => String(values.get(name) ?? "").trim() || null;
  const since = text("since");
  return {
    repository: text("repository"),
    source: text("source"),
    since: since && `${since}T00:00:00Z`,
    token: text("token"),
    api: text("api"),
  };
}
