"use client";

import { Popover } from "@base-ui/react/popover";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
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
  trigger: ComponentProps<typeof Popover.Trigger>;
}

/** A button that opens the list of marks which stand at one place. */
export function MarkerList({ marks, title, children, trigger, ...texts }: MarkerListProps) {
  return (
    <Popover.Root>
      <Popover.Trigger {...trigger} aria-label={title}>
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={8}>
          <Popover.Popup className="chart-popup">
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
