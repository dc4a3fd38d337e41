"use client";

import { usePathname } from "next/navigation";
import { isAt } from "@/app/_shell/places";
import { useViewer } from "@/app/_shell/viewer";
import { classNames } from "@/app/_ui/class-names";
import { ScrollRow } from "@/app/_ui/scroll-row";
import { PageLink } from "@/app/_window/page-link";
import { placesFor } from "./places";

/** Beside the page; on a phone a row above it that scrolls. */
export function SettingsNavigation() {
  const path = usePathname();
  return (
    <nav aria-label="Settings" data-control className="min-w-0 md:sticky md:top-14 md:self-start">
      <ScrollRow current={path}>
        <ul className="flex w-max min-w-full gap-0.5 p-0.5 md:flex-col">
          {placesFor(useViewer()).map(({ href, name }) => (
            <li key={href}>
              <PageLink
                href={href}
                aria-current={isAt(href, path) ? "page" : undefined}
                className={classNames(
                  "block rounded-md px-2.5 py-1.5 whitespace-nowrap",
                  isAt(href, path)
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
