import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { pageContext } from "@/app/_server/page-context";
import type { Viewer } from "@/app/_shell/viewer";
import { decide } from "@/lib/auth/policy";
import { setUpNeeded } from "@/lib/auth/set-up/set-up";
import type { Context } from "@/lib/context";
import { targetHeader } from "@/lib/http/target";

/**
 * Whoever opened this page; nobody in particular is led to set-up or sign-in, and
 * from there back. Data is guarded by the routes themselves: this guards the frame.
 */
export const admittedViewer = cache(async (): Promise<Viewer> => {
  const context = await pageContext();
  const viewer = viewerOf(context);
  if (viewer) return viewer;
  if (await setUpNeeded(context)) redirect("/set-up");
  redirect(`/sign-in${await nextParameter()}`);
});

function viewerOf({ config, actor }: Context): Viewer | null {
  const can = {
    replay: decide(config, actor, "write", {}).may,
    manage: decide(config, actor, "manage").may,
    admin: decide(config, actor, "admin").may,
  };
  if (actor.kind === "visitor")
    return { ...actor, kind: "visitor", id: null, email: null, role: "admin", teams: {}, can };
  if (actor.kind !== "person") return null;
  const { kind, id, name, email, role, teams } = actor;
  return { kind, id, name, email, role, teams, can };
}

async function nextParameter(): Promise<string> {
  const target = (await headers()).get(targetHeader) ?? "/";
  const { pathname, searchParams } = new URL(target, "http://localhost");
  searchParams.delete("_rsc");
  const text = searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
  return text === "/" ? "" : `?next=${encodeURIComponent(text)}`;
}
