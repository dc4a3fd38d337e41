"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ComponentProps } from "react";

/** What the address keeps from page to page. */
const carried = ["from", "to", "timezone", "weekStart", "kiosk"];

export function useCarry(): (href: string) => string {
  const search = useSearchParams();
  return (href) => carry(href, search);
}

/** A link inside Pushline that keeps time window, zone and kiosk; what `href` says itself wins. */
export function PageLink({
  href,
  ...rest
}: Omit<ComponentProps<typeof Link>, "href"> & { href: string }) {
  const carryOver = useCarry();
  return <Link prefetch={false} {...rest} href={carryOver(href)} />;
}

function carry(href: string, current: URLSearchParams): string {
  const [address = "", hash] = href.split("#");
  const [path = "", query = ""] = address.split("?");
  const next = new URLSearchParams(query);
  // One incident, deployment or change has a time of its own: a window carried there would hide it.
  const ownTime = /^\/(incidents|deployments|changes)\/./.test(path);
  const namesWindow = ownTime || next.has("from") || next.has("to");
  for (const name of carried) {
    const value = current.get(name);
    if (value === null || next.has(name)) continue;
    if (namesWindow && (name === "from" || name === "to")) continue;
    next.set(name, value);
  }
  const text = next.toString();
  return (text === "" ? path : `${path}?${text}`) + (hash ? `#${hash}` : "");
}
