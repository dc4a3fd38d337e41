"use client";

import { useState } from "react";
import { SelectField, TextField } from "@/app/_ui/field";
import type { ProviderAnswer, SourceAnswer } from "@/lib/http/settings-answers";
import { authChoices } from "./auth-words";

/** How a source proves itself, its secret apart: what the way that is chosen needs. */
export function ProofFields({
  auths,
  begin,
}: {
  /** The ways that its provider allows. */
  auths: ProviderAnswer["auths"];
  begin: Pick<SourceAnswer, "auth"> & Partial<Pick<SourceAnswer, "username" | "header">>;
}) {
  const [auth, setAuth] = useState(begin.auth);
  return (
    <>
      <SelectField
        name="auth"
        label="How it proves itself"
        value={auth}
        onChange={(event) => setAuth(auths.find((each) => each === event.target.value) ?? auth)}
      >
        {auths.map((each) => (
          <option key={each} value={each}>
            {authChoices[each]}
          </option>
        ))}
      </SelectField>
      {auth === "basic" && (
        <TextField
          name="username"
          label="User name"
          defaultValue={begin.username ?? undefined}
          required
        />
      )}
      {auth === "header" && (
        <TextField
          name="header"
          label="Header"
          defaultValue={begin.header ?? undefined}
          required
          placeholder="X-Webhook-Token"
        />
      )}
    </>
  );
}
