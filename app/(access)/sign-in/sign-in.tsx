"use client";

import { problemWords } from "@/app/_people/problem-words";
import { ProviderButtons, type SignInProvider } from "@/app/_people/provider-buttons";
import { Note } from "@/app/_ui/note";
import { Or, Panel } from "../panel";
import { PasswordForm } from "./password-form";

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
  providers: readonly (SignInProvider & {
    /** Whether signing in with it makes an account, or takes an invitation. */
    admit: "invited" | "anyone";
  })[];
}) {
  const open = providers.filter(({ admit }) => admit === "anyone").map(({ title }) => title);
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
      {password && (
        <p className="text-sm text-muted">Forgot it? Ask an admin for a new-password link.</p>
      )}
      <p className="text-sm text-muted">
        {open.length > 0
          ? `No account? Sign in with ${open.join(" or ")}: that makes you one.`
          : "No account? People come in by invitation: ask an admin of this Pushline for a link."}
      </p>
    </Panel>
  );
}
