"use client";

import { CopyLine } from "@/app/_settings/copy-line";
import { Card } from "@/app/_ui/card";
import { useOrigin } from "@/app/_ui/use-origin";

/** Before any test run has come: the line that sends one here. */
export function SendReport({ isNarrowed }: { isNarrowed: boolean }) {
  const origin = useOrigin();
  const query = "repository=acme/checkout&revision=$(git rev-parse HEAD)&branch=main&name=unit";
  const command = [
    `curl "${origin}/api/v1/test-runs?${query}" \\`,
    `  -H "Authorization: Bearer $PUSHLINE_TOKEN" -H "Content-Type: application/xml" \\`,
    "  --data-binary @report.xml",
  ].join("\n");
  return (
    <Card title="Tests">
      <p className="mb-2.5 max-w-prose text-muted">
        {isNarrowed
          ? "No run of tests matches in this time range."
          : "No run of tests in this time range."}{" "}
        Post the JUnit XML that your tests write, passed or not, with a token of scope ingest;
        duration, size, failures and flakiness of every suite appear here.
      </p>
      <CopyLine value={command} />
    </Card>
  );
}
