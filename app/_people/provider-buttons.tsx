"use client";

import { useMutation } from "@tanstack/react-query";
import { postAnswer } from "@/app/_query/answer";
import { Button } from "@/app/_ui/button";
import { Failure } from "@/app/_ui/states";

export interface SignInProvider {
  name: string;
  title: string;
}

/** One button for each provider of sign-in; the browser then goes there and comes back. */
export function ProviderButtons({
  providers,
  words,
  next,
  invitation,
}: {
  providers: readonly SignInProvider[];
  /** What stands before a provider's name. */
  words: string;
  next?: string;
  invitation?: string;
}) {
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (name: string) =>
      postAnswer<{ address: string }>(`/api/v1/sign-in/${encodeURIComponent(name)}`, {
        next,
        invitation,
      }),
    onSuccess: ({ address }) => window.location.assign(address),
  });
  if (providers.length === 0) return null;
  return (
    <div className="space-y-2">
      {providers.map(({ name, title }) => (
        <Button
          key={name}
          className="min-h-9 w-full"
          disabled={isPending || isSuccess}
          onClick={() => mutate(name)}
        >
          {words} {title}
        </Button>
      ))}
      {error && <Failure error={error} />}
    </div>
  );
}
