"use client";

import { useQuery } from "@tanstack/react-query";
import { deliveryQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";

/** What was sent, as the rules see it, secrets apart. */
export function DeliveryBody({ id }: { id: string }) {
  const query = useQuery(deliveryQuery(id));
  return (
    <Answered query={query} lines={6}>
      {({ body }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is of forms; this group only scrolls.
        <div
          role="group"
          aria-label="Body"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="mt-2 max-h-72 overflow-auto rounded-md bg-sunken px-2.5 py-2"
        >
          <pre className="font-mono text-sm">{pretty(body.text)}</pre>
        </div>
      )}
    </Answered>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
