import type { ReactNode } from "react";

/** A link out of Pushline. Its address came from outside: only http and https become links. */
export function OutsideLink({
  href,
  className,
  children,
}: {
  href: string | null;
  className?: string;
  children: ReactNode;
}) {
  if (href === null || !URL.canParse(href) || !/^https?:$/.test(new URL(href).protocol))
    return null;
  return (
    <a href={href} target="_blank" rel="noreferrer" className={className}>
      {children}
    </a>
  );
}
