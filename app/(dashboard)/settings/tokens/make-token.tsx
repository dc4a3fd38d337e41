"use client";

import { postAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { Card } from "@/app/_ui/card";
import { CheckField, SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd, useFieldError } from "@/app/_ui/form";
import { scopes } from "@/lib/auth/actor";
import type { TokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { ReachFields, readReach } from "./reach-fields";
import { scopeSentences } from "./token-words";

const lifetimes = [
  { days: 30, words: "in 30 days" },
  { days: 90, words: "in 90 days" },
  { days: 365, words: "in a year" },
  { days: 0, words: "never" },
];

export function MakeToken({
  onMade,
  onCancel,
}: {
  onMade: (made: TokenWithSecretAnswer) => void;
  onCancel: () => void;
}) {
  const { mutate, isPending, error } = useSending(
    (body: ReturnType<typeof readForm>) =>
      postAnswer<TokenWithSecretAnswer>("/api/v1/tokens", body),
    ["/api/v1/tokens"],
    onMade,
  );
  return (
    <Card title="Make a token" edge="accent">
      <Form
        error={error}
        onSend={(values) => mutate(readForm(values, Date.now()))}
        className="max-w-xl"
      >
        <TextField
          name="name"
          label="Name"
          hint="Who will hold it. Events that it sends bear this name as their source."
          placeholder="checkout-pipeline"
          required
          maxLength={200}
          autoComplete="off"
        />
        <Scopes />
        <ReachFields />
        <SelectField name="expires" label="It expires" defaultValue="90">
          {lifetimes.map(({ days, words }) => (
            <option key={days} value={days}>
              {words}
            </option>
          ))}
        </SelectField>
        <FormEnd error={error} pending={isPending} onCancel={onCancel}>
          Make it
        </FormEnd>
      </Form>
    </Card>
  );
}

function Scopes() {
  const error = useFieldError("scopes");
  return (
    <fieldset>
      <legend className="font-semibold">It may</legend>
      {scopes.map((scope) => (
        <CheckField
          key={scope}
          name="scopes"
          value={scope}
          label={scope}
          hint={scopeSentences[scope]}
          defaultChecked={scope === "ingest"}
        />
      ))}
      {error && <p className="text-sm font-semibold text-bad">{error}</p>}
    </fieldset>
  );
}

const dayMilliseconds = 86_400_000;

function readForm(values: FormData, now: number) {
  const days = Number(values.get("expires"));
  return {
    name: String(values.get("name")),
    scopes: values.getAll("scopes").map(String),
    reach: readReach(values),
    expiresAt: days === 0 ? null : new Date(now + days * dayMilliseconds).toISOString(),
  };
}
