import type { CSSProperties } from "react";
import { type KindKey, kinds } from "./kinds";

/** A kind's symbol, in its colour or in the text's. Says nothing: its label stands beside it. */
export function Glyph({ kind, plain = false }: { kind: KindKey; plain?: boolean }) {
  return (
    <svg width="10" height="10" viewBox="-5 -1 10 10" aria-hidden="true" style={{ flex: "none" }}>
      <path d={`M0 0${kinds[kind].glyph}`} fill={plain ? "currentColor" : kinds[kind].colour} />
    </svg>
  );
}

/** A kind as its line is drawn over the graphs, its symbol on top: for legends. */
export function StrokeSample({ kind }: { kind: KindKey }) {
  const { colour, dash, width, glyph } = kinds[kind];
  if (kind === "incident") {
    return <span className="chart-span-sample" aria-hidden="true" />;
  }
  return (
    <svg width="10" height="17" viewBox="-5 -1 10 17" aria-hidden="true" style={{ flex: "none" }}>
      <path d="M0 2v14" stroke={colour} strokeDasharray={dash} strokeWidth={width} />
      <path d={`M0 0${glyph}`} fill={colour} />
    </svg>
  );
}

/** Hands a kind's colour to charts.css. */
export function kindStyle(kind: KindKey): CSSProperties {
  return { "--kind": kinds[kind].colour } as CSSProperties;
}
