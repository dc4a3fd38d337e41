"use client";

import { useQuery } from "@tanstack/react-query";
import { deploymentHref, versionName } from "@/app/_deployments/naming";
import { deploymentQuery } from "@/app/_query/queries";
import { CommandLine, useCopy } from "@/app/_ui/copy";
import { formatSeconds } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { useShortcuts } from "@/app/_ui/shortcuts";
import { PageLink } from "@/app/_window/page-link";
import type { SuspectsAnswer } from "@/lib/http/answers";

/** Where to go back to, how it did there, and the command to copy. */
export function Rollback({
  rollback,
  before,
}: {
  rollback: NonNullable<SuspectsAnswer["rollback"]>;
  before: string | null;
}) {
  const { copied, copy } = useCopy();
  const copyCommand = () => void copy(rollback.command);
  useShortcuts({ c: copyCommand });
  const target = useQuery(deploymentQuery(rollback.to)).data;
  return (
    <section aria-label="Roll back" className="mt-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">
          Roll back to{" "}
          <PageLink href={deploymentHref(rollback.to)} className="link">
            {versionName(rollback)}
          </PageLink>
        </h3>
        {target?.failed && <Pill tone="bad">failed itself</Pill>}
        {target?.finishedAt && before && !target.failed && (
          <Pill tone="good">
            ran {formatSeconds((Date.parse(before) - Date.parse(target.finishedAt)) / 1_000)} before
          </Pill>
        )}
      </div>
      <CommandLine command={rollback.command} shortcut="C" copied={copied} onCopy={copyCommand} />
    </section>
  );
}
