import { batchesQuery } from "@/app/_query/queries";

export const filterNames = ["service", "team", "environment"] as const;

export function batchesQuestion(
  value: (name: (typeof filterNames)[number]) => string | null,
  { from, to }: { from: Date; to: Date },
) {
  return batchesQuery({
    service: value("service"),
    team: value("team"),
    environment: value("environment"),
    from: from.toISOString(),
    to: to.toISOString(),
  });
}
