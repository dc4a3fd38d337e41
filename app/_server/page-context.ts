import { cookies, headers } from "next/headers";
import { cache } from "react";
import { anonymous, visitor } from "@/lib/auth/actor";
import { readSession } from "@/lib/auth/sessions";
import { type Context, currentContext } from "@/lib/context";
import { addressHeader } from "@/lib/http/address";

/** The Context of whoever opened this page; read once a request. */
export const pageContext = cache(async (): Promise<Context> => {
  const base = currentContext();
  const person = await readSession(base, (await cookies()).toString());
  const actor = person ?? (base.site.withoutSignIn ? visitor : anonymous);
  return { ...base, actor, address: (await headers()).get(addressHeader) };
});
