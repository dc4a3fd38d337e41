"use client";

import { useLive } from "@/app/_query/provider";
import { formatSeconds } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { useNow } from "@/app/_window/clock";

export function LiveIndicator() {
  const { state, heardAt } = useLive();
  const now = useNow();
  const seconds = heardAt === null ? null : Math.max(0, Math.floor((now - heardAt) / 1_000));
  const words = {
    connecting: "Connecting",
    reconnecting: "Reconnecting",
    paused: "Paused",
    ended: "Signed out",
  };
  return (
    <span data-live={state}>
      <span role="status" className="sr-only">
        {state === "live" ? "Live" : words[state]}
      </span>
      <Pill tone={state === "live" ? "good" : "warning"} className="tabular">
        <span
          aria-hidden="true"
          className={state === "live" || state === "ended" ? "" : "animate-pulse"}
        >
          ●
        </span>
        <span aria-hidden="true">
          {state === "live" ? (
            <>
              Live
              <span className="max-sm:hidden">
                {seconds === null ? "" : `, ${formatSeconds(seconds)} ago`}
              </span>
            </>
          ) : (
            words[state]
          )}
        </span>
      </Pill>
    </span>
  );
}
