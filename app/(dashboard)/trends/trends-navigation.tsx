"use client";

import { usePathname } from "next/navigation";
import { useFilters } from "@/app/_filters/use-filters";
import { classNames } from "@/app/_ui/class-names";
import { ScrollRow } from "@/app/_ui/scroll-row";
import { PageLink } from "@/app/_window/page-link";

const pages = [
  { href: "/trends", name: "Overview" },
  { href: "/trends/remedies", name: "Remedies" },
  { href: "/trends/batches", name: "Batch size" },
  { href: "/trends/report", name: "Monthly report" },
] as const;

/** The scope that these pages share, so that one looks at the same team on each. */
const shared = ["service", "team", "environment", "bucket", "definition", "levels"] as const;

/** The pages about how delivery goes; the scope chosen on one is kept on the others. */
export function TrendsNavigation() {
  const path = usePathname();
  const { value } = useFilters(shared);
  const kept = new URLSearchParams(
    shared.flatMap((name) => {
      const chosen = value(name);
      return chosen === null ? [] : [[name, chosen]];
    }),
  ).toString();
  return (
    <nav aria-label="Trends" data-control className="mb-2 min-w-0">
      <ScrollRow current={path}>
        <ul className="flex w-max min-w-full gap-0.5 p-0.5">
          {pages.map(({ href, name }) => (
            <li key={href}>
              <PageLink
                href={kept === "" ? href : `${href}?${kept}`}
                aria-current={href === path ? "page" : undefined}
                className={classNames(
                  "block rounded-md px-2.5 py-1 whitespace-nowrap",
                  href === path
                    ? "bg-accent-surface font-semibold text-ink"
                    : "text-muted hover:bg-sunken hover:text-ink",
                )}
              >
                {name}
              </PageLink>
            </li>
          ))}
        </ul>
      </ScrollRow>
    </nav>
  );
}
