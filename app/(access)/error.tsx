"use client";

import { Failure } from "@/app/_ui/states";
import { Panel } from "./panel";

export default function AccessError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Panel title="This page broke">
      <Failure error={error} onRetry={reset} />
    </Panel>
  );
}
