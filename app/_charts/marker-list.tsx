"use client";

import { Popover } from "@base-ui/react/popover";
import Link from "next/link";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Glyph } from "./glyph";
import type { Mark } from "./marks";
import { markName } from "./reading";
import { formatTime } from "./ticks";
import type { Marker } from "./types";

export interface MarkerTexts {
  service: string;
  timezone: string;
  /** Milliseconds of the time range: how much of a time is written. */
  span: number;
  hrefFor?: (marker: Marker) => string | null;
}

interface MarkerListProps extends MarkerTexts {
  marks: readonly Mark[];
  title: string;
  children: ReactNode;
  trigger: ComponentProps<"button"> & { "data-cluster"?: string; "data-open"?: boolean };
}

/**
 * A button that opens the list of marks which stand at one place. The popover
 * is made when first asked for: a lane of a hundred clusters is a hundred buttons.
 */
export function MarkerList({ marks, title, children, trigger, ...texts }: MarkerListProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  function change(open: boolean, { event }: Popover.Root.ChangeEventDetails) {
    // A press on the button itself is the button's to answer.
    const onButton = event.target instanceof Node && anchor?.contains(event.target);
    if (!open && !(onButton && event.type !== "keydown")) setAnchor(null);
  }

  return (
    <>
      <button
        type="button"
        aria-label={title}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        {...trigger}
        onClick={({ currentTarget }) => setAnchor((open) => (open ? null : currentTarget))}
      >
        {children}
      </button>
      {anchor && (
        <Popover.Root open onOpenChange={change}>
          <Popover.Portal>
            <Popover.Positioner anchor={anchor} sideOffset={6} collisionPadding={8}>
              <Popover.Popup className="chart-popup" finalFocus={() => anchor}>
                <Popover.Title className="chart-popup-title">{title}</Popover.Title>
                <ul className="chart-list">
                  {marks.map((mark) => (
                    <li key={`${mark.kind} ${mark.marker.id}`}>
                      <Entry mark={mark} {...texts} />
                    </li>
                  ))}
                </ul>
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        </Popover.Root>
      )}
    </>
  );
}

function Entry({ mark, service, timezone, span, hrefFor }: MarkerTexts & { mark: Mark }) {
  const href = hrefFor?.(mark.marker);
  const text = (
    <>
      <Glyph kind={mark.kind} />
      <span>{markName(mark, service)}</span>
      <time dateTime={mark.marker.at}>{formatTime(mark.at, timezone, span)}</time>
    </>
  );
  return href ? (
    <Link className="chart-list-entry" href={href} prefetch={false}>
      {text}
    </Link>
  ) : (
    <span className="chart-list-entry">{text}</span>
  );
}
