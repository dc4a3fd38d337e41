import { buttonClass } from "@/app/_ui/button";
import { PageLink } from "@/app/_window/page-link";
import type { SourceAnswer } from "@/lib/http/settings-answers";

/** What of a source has a page of its own: its rules, and reading again what it sent. */
export function FurtherPages({
  source: { name, hasMapping, lastDelivery },
}: {
  source: SourceAnswer;
}) {
  const path = `/settings/sources/${encodeURIComponent(name)}`;
  return (
    <>
      {hasMapping && (
        <PageLink
          href={`${path}/mapping`}
          aria-label={`Mapping of ${name}`}
          className={buttonClass("quiet")}
        >
          Mapping
        </PageLink>
      )}
      {lastDelivery && (
        <PageLink
          href={`${path}/replay`}
          aria-label={`Read again what ${name} sent`}
          className={buttonClass("quiet")}
        >
          Read again
        </PageLink>
      )}
    </>
  );
}
