"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect } from "react";

/** `?kiosk=1` hides every control, for a screen on the wall. */
export function useKiosk(): { kiosk: boolean; setKiosk(on: boolean): void } {
  const [text, setText] = useQueryState("kiosk", parseAsStringLiteral(["1", "true"]));
  const kiosk = text !== null;
  useEffect(() => {
    document.body.dataset.kiosk = String(kiosk);
  }, [kiosk]);
  return { kiosk, setKiosk: (on) => void setText(on ? "1" : null) };
}
