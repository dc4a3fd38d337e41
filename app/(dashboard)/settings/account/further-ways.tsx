"use client";

import { useQuery } from "@tanstack/react-query";
import { problemWords } from "@/app/_people/problem-words";
import { ProviderButtons } from "@/app/_people/provider-buttons";
import { signInWaysQuery } from "@/app/_query/queries";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";

/** Where there are providers of sign-in, one may be let in to this same account. */
export function FurtherWays({ problem }: { problem: string | null }) {
  const providers = useQuery(signInWaysQuery()).data?.providers ?? [];
  if (providers.length === 0) return null;
  return (
    <Card title="Further ways to sign in">
      <div className="max-w-sm space-y-2">
        {problem !== null && (
          <Note tone="warning" role="alert">
            {problemWords(problem)}
          </Note>
        )}
        <ProviderButtons
          path="/api/v1/me/identities"
          providers={providers}
          words="Also sign in with"
        />
      </div>
    </Card>
  );
}
