import { below, bodyOf, itemsOf } from "@/lib/sources/bitbucket/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { type Payload, part } from "@/lib/sources/payload";

/** Each with its steps. */
export const pipelines: HistoryPhase = {
  name: "pipelines",
  title: "Pipelines",
  event: "api.pipeline",
  start: ({ subject }) => below(subject, "/pipelines?sort=-created_on&pagelen=100"),
  readPage: (page, asked) =>
    itemsOf(page, asked, { id: "uuid", at: ({ created_on }) => created_on, cut }),
  tellsChange: true,
  itemsAtOnce: 20,
  async complete(pipeline, ask, asked) {
    const uuid = encodeURIComponent(String(pipeline.uuid));
    const steps = await ask.every(below(asked.subject, `/pipelines/${uuid}/steps?pagelen=100`));
    return bodyOf(asked, { pipeline, steps: (steps ?? []).map((step) => stepIn(part(step))) });
  },
};

function cut({ uuid, build_number, created_on, completed_on, state, target }: Payload): Payload {
  const { ref_type, ref_name, commit } = part(target);
  return {
    ...{ uuid, build_number, created_on, completed_on, state: stateIn(state) },
    target: { ref_type, ref_name, commit: { hash: part(commit).hash } },
  };
}

function stepIn({ name, started_on, completed_on, state }: Payload): Payload {
  return { name, started_on, completed_on, state: stateIn(state) };
}

function stateIn(state: unknown): Payload {
  const { name, result } = part(state);
  return { name, result: { name: part(result).name } };
}
