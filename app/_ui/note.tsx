import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

const tones = {
  plain: { Icon: Info, look: "border-line bg-sunken text-ink", icon: "text-muted" },
  warning: {
    Icon: CircleAlert,
    look: "border-transparent bg-warning-surface text-ink",
    icon: "text-warning",
  },
  good: {
    Icon: CircleCheck,
    look: "border-transparent bg-good-surface text-ink",
    icon: "text-good",
  },
};

/** A sentence that stands apart: why nothing can be changed here, or what to do next. */
export function Note({
  tone = "plain",
  role,
  children,
}: {
  tone?: keyof typeof tones;
  role?: "status" | "alert";
  children: ReactNode;
}) {
  const { Icon, look, icon } = tones[tone];
  return (
    <div role={role} className={classNames("flex gap-2.5 rounded-md border px-3 py-2", look)}>
      <Icon aria-hidden="true" size={16} className={classNames("mt-0.5 shrink-0", icon)} />
      <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
    </div>
  );
}
