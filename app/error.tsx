"use client";

import { Card } from "@/app/_ui/card";
import { Failure } from "@/app/_ui/states";

const words =
  "The server could not make this page; its log says why. Where only its database is away, it answers again by itself.";

/** For what breaks before any frame is drawn; Next's own page would need styles that our policy refuses. */
export default function InstanceError() {
  return (
    <main id="main" className="mx-auto max-w-xl px-4 pt-[8dvh]">
      <Card title="Pushline cannot answer just now">
        <Failure error={new Error(words)} onRetry={() => window.location.reload()} />
      </Card>
    </main>
  );
}
