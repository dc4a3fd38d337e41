"use client";

import { Note } from "@/app/_ui/note";
import { Panel } from "../panel";
import { Or, ProviderButtons, type SignInProvider } from "../provider-buttons";
import { PasswordForm } from "./password-form";
import { problemWords } from "./problem-words";

export function SignIn({
  next,
  problem,
  password,
  providers,
}: {
  /** Where to go afterwards; an address of this instance. */
  next: string;
  /** Why a provider's sign-in came to nothing. */
  problem: string | null;
  password: boolean;
  providers: readonly SignInProvider[];
}) {
  return (
    <Panel title="Sign in">
      {problem !== null && (
        <Note tone="warning" role="alert">
          {problemWords(problem)}
        </Note>
      )}
      <ProviderButtons providers={providers} words="Sign in with" next={next} />
      {password && providers.length > 0 && <Or />}
      {password && <PasswordForm next={next} />}
      <p className="text-sm text-muted">
        No account? People come in by invitation: ask an admin of this Pushline for a link.
      </p>
    </Panel>
  );
}
