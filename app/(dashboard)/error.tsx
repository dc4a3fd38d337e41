"use client";

import { Card } from "@/app/_ui/card";
import { Failure } from "@/app/_ui/states";

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Card title="This page broke">
      <Failure error={error} onRetry={reset} />
    </Card>
  );
}
