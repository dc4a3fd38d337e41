import { cookies, headers } from "next/headers";
import { cache } from "react";
import { strangerHere } from "@/lib/auth/authenticate";
import { readSession } from "@/lib/auth/sessions/sessions";
import { type Context, currentContext } from "@/lib/context";
import { addressHeader } from "@/lib/http/client-address";

/** The Context of whoever opened this page; read once a request. */
export const pageContext = cache(async (): Promise<Context> => {
  const base = currentContext();
  const asked = await headers();
  const person = await readSession(base, (await cookies()).toString());
  const actor = person ?? strangerHere(base, asked);
  return { ...base, actor, address: asked.get(addressHeader) };
});
