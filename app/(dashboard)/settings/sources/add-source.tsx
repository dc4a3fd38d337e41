"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { postAnswer } from "@/app/_query/answer";
import { providersQuery } from "@/app/_query/queries";
import { CopyLine } from "@/app/_settings/copy-line";
import { SecretChoice } from "@/app/_settings/secret-choice";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { Glyph } from "@/app/_ui/glyph";
import { Note } from "@/app/_ui/note";
import { PickerField } from "@/app/_ui/picker-field";
import { useOrigin } from "@/app/_ui/use-origin";
import type { ProviderAnswer, SourceWithSecretAnswer } from "@/lib/http/settings-answers";
import type { Given } from "@/lib/sources/guide";
import { givenOf } from "./given";
import { LoopbackNote } from "./loopback-note";
import { ProofFields } from "./proof-fields";

interface AddSourceProps {
  taken: readonly string[];
  onAdded: (provider: string, given: Given) => void;
  onCancel: () => void;
}

export function AddSource(props: AddSourceProps) {
  const query = useQuery(providersQuery());
  return (
    <Card title="Add a source" edge="accent">
      <Answered query={query} lines={4}>
        {({ items: [first, ...more] }) =>
          first ? <Fields providers={[first, ...more]} {...props} /> : null
        }
      </Answered>
    </Card>
  );
}

function Fields({
  providers,
  taken,
  onAdded,
  onCancel,
}: AddSourceProps & { providers: [ProviderAnswer, ...ProviderAnswer[]] }) {
  const origin = useOrigin();
  const [chosen, setChosen] = useState(() => favourite(providers));
  const [name, setName] = useState(() => freeName(chosen.name, taken));
  const [auth, setAuth] = useState(chosen.defaultAuth);
  const { mutate, isPending, error } = useSending(
    (body: Record<string, FormDataEntryValue>) =>
      postAnswer<SourceWithSecretAnswer>("/api/v1/sources", body),
    ["/api/v1/sources"],
    ({ source, secret }) =>
      onAdded(
        source.provider,
        givenOf(source, origin, secret, source.createdAt ?? new Date().toISOString()),
      ),
  );
  const choose = (wanted: string) => {
    const provider = providers.find((each) => each.name === wanted) ?? chosen;
    setChosen(provider);
    setName(freeName(provider.name, taken));
    setAuth(provider.defaultAuth);
  };
  const madeBy = chosen.makesSecret && auth === "signature" ? chosen.title : undefined;
  return (
    <Form
      error={error}
      onSend={(values) => mutate(Object.fromEntries(values))}
      className="max-w-xl"
    >
      <PickerField
        name="provider"
        label="Provider"
        value={chosen.name}
        choices={providers.map(({ name, title, icon }) => ({
          value: name,
          label: title,
          sign: <Glyph icon={icon} className="text-muted" />,
        }))}
        onChoose={choose}
      />
      <TextField
        name="name"
        label="Name"
        hint="It is part of the address, and stands beside everything that it tells."
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
        title="Letters, digits, dots, dashes and underscores only."
        autoComplete="off"
      />
      <ProofFields
        key={`proof of ${chosen.name}`}
        provider={chosen}
        begin={{ auth: chosen.defaultAuth }}
        onChoose={setAuth}
      />
      {madeBy && <MadeThere title={madeBy} address={`${origin}/api/webhooks/${name}`} />}
      <SecretChoice key={`secret of ${chosen.name} by ${auth}`} madeBy={madeBy} />
      <FormEnd error={error} pending={isPending} onCancel={onCancel}>
        Add {chosen.title}
      </FormEnd>
    </Form>
  );
}

/** Its secret is there once it knows the address, so the address comes first. */
function MadeThere({ title, address }: { title: string; address: string }) {
  return (
    <Note>
      <div className="space-y-2">
        <p>
          {title} makes the secret itself, and shows it once its webhook is there. Add the webhook
          to this address first, and bring its secret:
        </p>
        <CopyLine value={address} />
        <LoopbackNote address={address} />
      </div>
    </Note>
  );
}

/** Most have GitHub; the list itself goes by the alphabet. */
function favourite(providers: [ProviderAnswer, ...ProviderAnswer[]]): ProviderAnswer {
  return providers.find(({ name }) => name === "github") ?? providers[0];
}

function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number += 1)
    if (!taken.includes(`${wanted}-${number}`)) return `${wanted}-${number}`;
}
