import {
  below,
  bodyOf,
  changedSince,
  cut,
  itemsOf,
  perPage,
} from "@/lib/sources/gitlab/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { isPayload, type Payload, part } from "@/lib/sources/payload";

/** Each with its times and its jobs; of a job that was retried the last one. */
export const pipelines: HistoryPhase = {
  name: "pipelines",
  title: "Pipelines",
  event: "api.pipeline",
  start: (asked) => below(asked, `/pipelines?${changedSince(asked, "id")}`),
  readPage: (page, asked) => itemsOf(page, asked, { id: "id", at: "updated_at", members }),
  tellsChange: true,
  itemsAtOnce: 10,
  async complete(listed, ask, asked) {
    const path = below(asked, `/pipelines/${listed.id}`);
    const whole = await ask.optional(path);
    const jobs = await ask.every(`${path}/jobs?${perPage}`);
    const pipeline = { ...listed, ...(isPayload(whole) && cut(whole, [...members, ...times])) };
    return bodyOf(asked, { pipeline, jobs: (jobs ?? []).map((job) => jobIn(part(job))) });
  },
};

const members = ["id", "name", "sha", "ref", "status", "source", "created_at", "updated_at"];
const times = ["tag", "started_at", "finished_at", "queued_duration"];

function jobIn(job: Payload): Payload {
  return cut(job, [
    "id",
    "name",
    "status",
    "allow_failure",
    "created_at",
    "started_at",
    "finished_at",
  ]);
}
