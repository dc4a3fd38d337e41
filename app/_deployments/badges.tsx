import {
  ArrowRight,
  Ban,
  Check,
  CircleDashed,
  CircleSlash,
  Flag,
  Hourglass,
  type LucideIcon,
  Repeat,
  RotateCcw,
  Undo2,
  X,
} from "lucide-react";
import { kindNames } from "@/app/_deployments/naming";
import { Pill, type Tone } from "@/app/_ui/pill";
import type { DeploymentAnswer } from "@/lib/http/answers";

type Shown = Pick<
  DeploymentAnswer,
  "status" | "kind" | "failed" | "failedAttempt" | "failedRemedy" | "withdrawn"
>;

/** What became of a deployment and which kind it was: glyph and word, the colour only repeats them. */
export function DeploymentBadges({
  deployment,
  quiet = false,
}: {
  deployment: Shown;
  quiet?: boolean;
}) {
  const outcome = outcomeOf(deployment);
  const kind = deployment.kind ? kindBadges[deployment.kind] : undefined;
  return (
    <span className="inline-flex flex-wrap items-start gap-1">
      {kind && <Badge {...kind} />}
      {outcome !== succeeded && <Badge {...outcome} />}
      {outcome === succeeded && !kind && <Succeeded quiet={quiet} />}
    </span>
  );
}

/** In a long list what went well is a glyph: what did not must stand out. */
function Succeeded({ quiet }: { quiet: boolean }) {
  if (!quiet) return <Badge {...succeeded} />;
  return (
    <span className="px-1 text-good">
      <Check aria-hidden="true" size={15} strokeWidth={2.5} className="mt-0.5" />
      <span className="sr-only">succeeded</span>
    </span>
  );
}

interface BadgeLook {
  Icon: LucideIcon;
  tone: Tone;
  word: string;
}

function Badge({ Icon, tone, word }: BadgeLook) {
  return (
    <Pill tone={tone}>
      <Icon aria-hidden="true" size={12} strokeWidth={2.5} /> {word}
    </Pill>
  );
}

const succeeded: BadgeLook = { Icon: Check, tone: "good", word: "succeeded" };

function outcomeOf(deployment: Shown): BadgeLook {
  if (deployment.failedRemedy) return { Icon: X, tone: "bad", word: "failed remedy" };
  if (deployment.failed) return { Icon: X, tone: "bad", word: "failed" };
  if (deployment.withdrawn) return { Icon: CircleSlash, tone: "warning", word: "withdrawn" };
  switch (deployment.status) {
    case "queued":
      return { Icon: Hourglass, tone: "plain", word: "queued" };
    case "running":
      return { Icon: CircleDashed, tone: "accent", word: "rolling" };
    case "canceled":
      return { Icon: Ban, tone: "plain", word: "canceled" };
    case "failed":
      return { Icon: X, tone: "warning", word: "attempt failed" };
    case "succeeded":
      return succeeded;
  }
}

/** The ordinary kind goes without saying. */
const kindBadges: Partial<Record<NonNullable<DeploymentAnswer["kind"]>, BadgeLook>> = {
  first: { Icon: Flag, tone: "plain", word: kindNames.first },
  redeploy: { Icon: Repeat, tone: "plain", word: kindNames.redeploy },
  rollback: { Icon: Undo2, tone: "bad", word: kindNames.rollback },
  revert: { Icon: RotateCcw, tone: "bad", word: kindNames.revert },
  fix_forward: { Icon: ArrowRight, tone: "good", word: kindNames.fix_forward },
};
