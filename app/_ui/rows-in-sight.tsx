"use client";

import type { ReactNode } from "react";
import { useRowsInSight } from "@/app/_ui/use-rows-in-sight";

/** A table's body: every row up to 500; of more than that, those in sight. */
export function RowsInSight<Item>({
  items,
  columns,
  rowHeight,
  children,
}: {
  items: Item[];
  columns: number;
  /** In pixels; rows of another height make the page jump as it scrolls. */
  rowHeight: number;
  children: (item: Item) => ReactNode;
}) {
  const { body, rows, before, after } = useRowsInSight(items.length, rowHeight);
  return (
    <tbody ref={body}>
      <Spacer columns={columns} height={before} />
      {rows.map((index) => {
        const item = items[index];
        return item && children(item);
      })}
      <Spacer columns={columns} height={after} />
    </tbody>
  );
}

function Spacer({ columns, height }: { columns: number; height: number }) {
  if (height === 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
