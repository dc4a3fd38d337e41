"use client";

import { memo } from "react";
import { usePlotArea } from "recharts";
import type { Picture } from "./picture";
import { LonePoints } from "./series-path";

/** Values alone between gaps, which a Recharts line without dots would not show. */
export const LoneLayer = memo(function LoneLayer({ picture }: { picture: Picture }) {
  const area = usePlotArea();
  if (!area) return null;
  const { range, values, graph } = picture;
  const xOf = (at: number) => area.x + ((at - range.from) / (range.to - range.from)) * area.width;
  const yOf = (value: number) =>
    area.y + area.height - ((value - values.min) / (values.max - values.min)) * area.height;
  return graph.series.map(({ name, points }, index) => (
    <LonePoints key={name} {...{ points, index, xOf, yOf }} />
  ));
});
