"use client";

import { useState } from "react";
import { SelectField, TextField } from "@/app/_ui/field";
import type { ProviderAnswer, SourceAnswer } from "@/lib/http/settings-answers";
import { authChoices } from "./auth-words";

/** How a source proves itself, its secret apart: what the way that is chosen needs. */
export function ProofFields({
  provider,
  begin,
  onChoose,
}: {
  /** With the ways that it allows, and those that it has a form for. */
  provider: Pick<ProviderAnswer, "title" | "auths" | "offers">;
  onChoose?: (auth: SourceAnswer["auth"]) => void;
  begin: Pick<SourceAnswer, "auth"> & Partial<Pick<SourceAnswer, "username" | "header">>;
}) {
  const [auth, setAuth] = useState(begin.auth);
  const { title, auths, offers } = provider;
  const others = auths.filter((each) => !offers.includes(each));
  const choose = (value: string) => {
    const chosen = auths.find((each) => each === value) ?? auth;
    setAuth(chosen);
    onChoose?.(chosen);
  };
  return (
    <>
      <SelectField
        name="auth"
        label="How it proves itself"
        value={auth}
        onChange={(event) => choose(event.target.value)}
        hint={
          others.includes(auth) &&
          `${title} cannot do this itself: a proxy of yours in between would have to.`
        }
      >
        {others.length === 0 ? (
          <Ways auths={auths} />
        ) : (
          <>
            <optgroup label={`${title} itself`}>
              <Ways auths={offers} />
            </optgroup>
            <optgroup label="Only with a proxy in between">
              <Ways auths={others} />
            </optgroup>
          </>
        )}
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

function Ways({ auths }: { auths: ProviderAnswer["auths"] }) {
  return auths.map((each) => (
    <option key={each} value={each}>
      {authChoices[each]}
    </option>
  ));
}
