"use client";

import { Send } from "lucide-react";
import { deliveryHref } from "@/app/_deliveries/naming";
import { postAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { Button } from "@/app/_ui/button";
import { announce } from "@/app/_ui/toasts";
import { PageLink } from "@/app/_window/page-link";

/** Delivers a sample as the provider would, signed, and leads to what became of it. */
export function TestSource({ name }: { name: string }) {
  const { mutate, isPending, data } = useSending(
    () =>
      postAnswer<{ delivery: string; outcome: string }>(
        `/api/v1/sources/${encodeURIComponent(name)}/test`,
      ),
    ["/api/v1/sources", "/api/v1/deliveries"],
  );
  return (
    <>
      {/* Empty it takes no room, and is there to be filled: what is told is told by the change. */}
      <span role="status" className={data ? "self-center px-1" : "sr-only"}>
        {data && (
          <PageLink
            href={deliveryHref(data.delivery)}
            className="text-accent underline underline-offset-3"
          >
            The test arrived: look at it
          </PageLink>
        )}
      </span>
      <Button
        look="quiet"
        aria-label={`Send a test of ${name}`}
        disabled={isPending}
        onClick={() => mutate(undefined, { onError: (error) => announce(error.message) })}
      >
        <Send aria-hidden="true" size={14} /> Send a test
      </Button>
    </>
  );
}
