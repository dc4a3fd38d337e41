import { linePath, lonePath } from "./line-path";
import { seriesStroke } from "./series-stroke";
import type { Points } from "./types";

interface SeriesPathProps {
  points: Points;
  index: number;
  xOf: (at: number) => number;
  yOf: (value: number) => number;
}

/** A series' line as SVG, of one width however its drawing is stretched. */
export function SeriesPath(props: SeriesPathProps) {
  return (
    <>
      <path
        d={linePath(props.points, props.xOf, props.yOf)}
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        {...seriesStroke(props.index)}
      />
      <LonePoints {...props} />
    </>
  );
}

/** The values of a series that no line shows. */
export function LonePoints({ points, index, xOf, yOf }: SeriesPathProps) {
  return (
    <path
      d={lonePath(points, xOf, yOf)}
      fill="none"
      stroke={seriesStroke(index).stroke}
      strokeLinecap="round"
      strokeWidth="4"
      vectorEffect="non-scaling-stroke"
    />
  );
}
