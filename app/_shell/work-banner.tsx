"use client";

import { useQuery } from "@tanstack/react-query";
import { workQuery } from "@/app/_query/queries";
import { formatCount } from "@/app/_ui/format";
import type { WorkAnswer } from "@/lib/http/work-answers";

const names: Record<WorkAnswer["work"], string> = {
  rebuild: "All facts are being made anew",
  rules: "Changed rules are being applied",
  replay: "What a source sent is being read again",
};
const nouns: Record<WorkAnswer["phase"], string> = {
  reading: "deliveries read",
  facts: "facts placed",
  deriving: "streams derived",
};
/** Steps are told live; silence is asked about, so that a stopped one is called so. */
const askAgainMilliseconds = 30_000;

/** While history is worked over, how far that is: the figures on the page are the old ones until then. */
export function WorkBanner() {
  const { data } = useQuery({
    ...workQuery(),
    refetchInterval: ({ state }) => (state.data?.items.length ? askAgainMilliseconds : false),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <div className="border-b border-line bg-sunken print:hidden">
      {data.items.map((item) => (
        <Line key={item.work} item={item} />
      ))}
    </div>
  );
}

function Line({ item }: { item: WorkAnswer }) {
  const { work, phase, done, total, running } = item;
  return (
    <div className="mx-auto flex max-w-[1600px] flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
      <span>
        {names[work]}
        {running
          ? ""
          : ", but nothing was heard of it for a while: it goes on when it is started again"}
        .
      </span>
      <progress
        className="h-1.5 w-40 accent-[var(--accent)]"
        aria-label={names[work]}
        value={done}
        max={Math.max(total, 1)}
      />
      <span className="text-muted tabular">
        {formatCount(done)} of {formatCount(total)} {nouns[phase]}
      </span>
    </div>
  );
}
