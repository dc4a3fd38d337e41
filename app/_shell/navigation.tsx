"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { incidentsQuery } from "@/app/_query/queries";
import { isAt, places } from "@/app/_shell/places";
import { classNames } from "@/app/_ui/class-names";
import { ScrollRow } from "@/app/_ui/scroll-row";
import { PageLink } from "@/app/_window/page-link";

export function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className="-mx-1 h-full" data-control>
      <ScrollRow current={path} className="flex h-full">
        {places.map(({ href, name }) => (
          <PageLink
            key={href}
            href={href}
            aria-current={isAt(href, path) ? "page" : undefined}
            className={classNames(
              "flex items-center gap-1.5 border-y-2 border-transparent px-2 whitespace-nowrap hover:text-ink -outline-offset-2",
              isAt(href, path) ? "border-b-accent font-semibold text-ink" : "text-muted",
            )}
          >
            {name}
            {href === "/incidents" && <OpenIncidents />}
          </PageLink>
        ))}
      </ScrollRow>
    </nav>
  );
}

function OpenIncidents() {
  const { data } = useQuery(incidentsQuery({ open: true, limit: 50 }));
  const open = data?.items.length ?? 0;
  if (open === 0) return null;
  return (
    <span className="rounded bg-bad-surface px-1.5 text-sm leading-5 font-semibold text-bad">
      {open}
      <span className="sr-only"> open</span>
    </span>
  );
}
