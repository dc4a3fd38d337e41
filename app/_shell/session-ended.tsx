"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useLive } from "@/app/_query/provider";
import { buttonClass } from "@/app/_ui/button";
import { Note } from "@/app/_ui/note";

/** What is shown stays readable after the session has ended; the way back in leads here again. */
export function SessionEnded() {
  const { state } = useLive();
  const path = usePathname();
  const search = useSearchParams().toString();
  if (state !== "ended") return null;
  const next = search === "" ? path : `${path}?${search}`;
  return (
    <div className="sticky top-11 z-20 mx-auto max-w-[1600px] px-4 pt-3">
      <Note tone="warning" role="alert">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          Your session has ended. What you see here is not kept up to date any more.
          {/* Not a Link: signing in begins with a fresh page. */}
          <a href={`/sign-in?next=${encodeURIComponent(next)}`} className={buttonClass("primary")}>
            Sign in
          </a>
        </span>
      </Note>
    </div>
  );
}
