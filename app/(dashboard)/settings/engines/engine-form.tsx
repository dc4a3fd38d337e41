"use client";

import { useState } from "react";
import { putAnswer, putNew } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import type { EngineAnswer } from "@/lib/http/settings-answers";

const proofs = {
  kept: "the credential that it has",
  none: "nothing",
  password: "a user name and a password",
  token: "a bearer token",
};
type Proof = keyof typeof proofs;

/** Adds an engine, or changes one; its credential can be replaced and is never shown. */
export function EngineForm({
  engine,
  onSaved,
  onCancel,
}: {
  engine?: EngineAnswer;
  onSaved: () => void;
  onCancel: () => void;
}) {
  const offered: Proof[] = [
    ...(engine?.hasCredential ? (["kept"] as const) : []),
    "none",
    "password",
    "token",
  ];
  const [proof, setProof] = useState<Proof>(offered[0] ?? "none");
  const { mutate, isPending, error } = useSending(
    ({ name, ...body }: ReturnType<typeof readForm>) => {
      const put = engine ? putAnswer : putNew;
      return put(`/api/v1/engines/${encodeURIComponent(engine?.name ?? name)}`, body);
    },
    ["/api/v1/engines"],
    onSaved,
  );
  return (
    <Form error={error} onSend={(values) => mutate(readForm(values, proof))} className="max-w-xl">
      {!engine && (
        <TextField name="name" label="Name" placeholder="prometheus" required autoComplete="off" />
      )}
      <TextField
        name="url"
        label="Address"
        type="url"
        placeholder="http://127.0.0.1:9090"
        hint="Of an engine with the HTTP API of Prometheus; what stands before /api/v1/query_range."
        defaultValue={engine?.url}
        required
      />
      <SelectField
        name="proof"
        label="Pushline proves itself with"
        hint={
          proof === "kept"
            ? "Moved to another host, the engine has to be given its credential again."
            : undefined
        }
        value={proof}
        onChange={(event) => setProof(offered.find((each) => each === event.target.value) ?? proof)}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {proofs[each]}
          </option>
        ))}
      </SelectField>
      {proof === "password" && (
        <>
          <TextField name="credential.username" label="User name" required autoComplete="off" />
          <TextField
            name="credential.password"
            label="Password"
            type="password"
            required
            autoComplete="off"
          />
        </>
      )}
      {proof === "token" && (
        <TextField
          name="credential.token"
          label="Token"
          type="password"
          required
          autoComplete="off"
        />
      )}
      <FormEnd error={error} pending={isPending} onCancel={onCancel}>
        {engine ? "Save" : "Add it"}
      </FormEnd>
    </Form>
  );
}

function readForm(values: FormData, proof: Proof) {
  const text = (name: string) => String(values.get(name) ?? "");
  return {
    name: text("name"),
    url: text("url"),
    ...(proof !== "kept" && { credential: credentialOf(text, proof) }),
  };
}

function credentialOf(text: (name: string) => string, proof: Exclude<Proof, "kept">) {
  switch (proof) {
    case "none":
      return null;
    case "password":
      return { username: text("credential.username"), password: text("credential.password") };
    case "token":
      return { token: text("credential.token") };
  }
}
