"use client";

import { Card } from "@/app/_ui/card";
import { Cell, Head, Table } from "@/app/_ui/table";
import { WithHidden } from "./with-hidden";

export function Headers({ headers }: { headers: Record<string, string> }) {
  const entries = Object.entries(headers).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Card title="Headers" padded={false}>
      <div className="px-3.5 pb-2">
        {entries.length === 0 ? (
          <p className="pb-1 text-muted">None were kept.</p>
        ) : (
          <Table label="Headers">
            <thead className="sr-only">
              <tr>
                <Head>Name</Head>
                <Head>Value</Head>
              </tr>
            </thead>
            <tbody>
              {entries.map(([name, value]) => (
                <tr key={name}>
                  <Cell className="font-mono text-sm whitespace-nowrap text-muted">{name}</Cell>
                  <Cell className="w-full font-mono text-sm [overflow-wrap:anywhere]">
                    <WithHidden text={value} />
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </Card>
  );
}
