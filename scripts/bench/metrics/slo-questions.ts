import type { Context } from "@/lib/context";
import { listMainBranches } from "@/lib/slo/list-main-branches";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import { readBurnDown } from "@/lib/slo/read-burn-down";
import { readSlos } from "@/lib/slo/read-slos";
import { deepPage } from "@/scripts/bench/metrics/deep-page";
import type { Question } from "@/scripts/bench/metrics/questions";

/** What /slos, an objective's page and their routes ask. */
export function sloQuestions(): Question[] {
  return [...answers, ...events()];
}

const answers: Question[] = [
  {
    name: "slos: the whole and 20 teams, 7 indicators, with burn-down",
    ask: (context) => readSlos(context, { burnDown: true }),
  },
  { name: "slos: the whole and 20 teams", ask: (context) => readSlos(context, {}) },
  { name: "slos: one team", ask: (context) => readSlos(context, { team: ["team-7"] }) },
  { name: "slos: one service", ask: (context) => readSlos(context, { service: ["service-7"] }) },
  { name: "slos: burn-down of builds", ask: (context) => readBurnDown(context, "build_duration") },
  { name: "main branches of 200 repositories", ask: (context) => listMainBranches(context, {}) },
];

function events(): Question[] {
  const ids = [
    "build_duration",
    "build_duration:team:team-7",
    "deployment_duration",
    "deployment_duration:service:service-7",
    "commit_to_production",
    "commit_to_production:team:team-7",
    "recovery",
    "main_broken",
  ];
  const list = (id: string) => (context: Context, cursor: string | null) =>
    listSloEvents(context, id, { good: false, limit: 50, ...(cursor && { cursor }) });
  return ids.flatMap((id) => [
    { name: `slo events: ${id}, page 1`, ask: (context: Context) => list(id)(context, null) },
    { name: `slo events: ${id}, page 50 or the last`, ask: deepPage(list(id)) },
  ]);
}
