"use client";

import { useState } from "react";
import { CheckField, TextField } from "@/app/_ui/field";

/** Pushline makes the secret, unless someone brings one that is in use already, or that the provider made. */
export function SecretChoice({ madeBy }: { madeBy?: string }) {
  const [own, setOwn] = useState(madeBy !== undefined);
  return (
    <div className="space-y-2">
      <CheckField
        label="I bring a secret of my own"
        hint={
          madeBy
            ? `The one that ${madeBy} made. Otherwise one is made here, to be replaced by that later.`
            : "Otherwise one is made here, which is safer."
        }
        checked={own}
        onChange={(event) => setOwn(event.target.checked)}
      />
      {own && (
        <TextField
          name="secret"
          label="Secret"
          type="password"
          autoComplete="off"
          required
          hint="From 16 characters on it is hard to guess; it is kept encrypted."
        />
      )}
    </div>
  );
}
