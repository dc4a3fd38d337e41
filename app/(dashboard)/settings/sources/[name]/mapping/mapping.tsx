"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { putAnswer } from "@/app/_query/answer";
import { deliveriesQuery, mappingQuery } from "@/app/_query/queries";
import { Provisioned } from "@/app/_settings/provisioned";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { SelectField, TextAreaField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { plural } from "@/app/_ui/format";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { announce } from "@/app/_ui/toasts";
import { formatTime } from "@/app/_window/format-time";
import { PageLink } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";
import type { MappingAnswer } from "@/lib/http/replay-answers";
import { firstRules } from "@/lib/sources/first-mapping";
import { DeliveryBody } from "./delivery-body";
import { MappingPreview } from "./mapping-preview";

/** The rules of a source, written against what it really sent. */
export function Mapping({ source }: { source: string }) {
  const mapping = useQuery(mappingQuery(source));
  const deliveries = useQuery(deliveriesQuery({ source, limit: 20 }));
  return (
    <>
      <PageHead title={`What ${source} turns into`}>
        <PageLink href="/settings/sources" className="text-accent underline underline-offset-3">
          All sources
        </PageLink>
      </PageHead>
      <Answered query={mapping} lines={8}>
        {(held) => (
          <Answered query={deliveries} lines={8}>
            {({ items }) => <Editor held={held} deliveries={items} />}
          </Answered>
        )}
      </Answered>
    </>
  );
}

function Editor({ held, deliveries }: { held: MappingAnswer; deliveries: DeliveryAnswer[] }) {
  const { source, provisioned } = held;
  const [text, setText] = useState(held.mapping || firstRules);
  const [delivery, setDelivery] = useState(deliveries[0]?.id ?? "");
  const path = `/api/v1/sources/${encodeURIComponent(source)}/mapping`;
  const { mutate, isPending, error } = useSending(
    () => putAnswer<{ deliveries: number }>(path, { mapping: text }),
    [path, "/api/v1/work"],
    (saved) =>
      announce(
        `Saved: ${plural(saved.deliveries, "kept delivery", "kept deliveries")} to read by it.`,
      ),
  );
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <Card title="Rules" aside={provisioned && <Provisioned />}>
        <Form error={error} onSend={() => mutate(undefined)}>
          <TextAreaField
            name="mapping"
            label="As pushline.yaml has them"
            hint={
              <>
                Text is a JSONata expression; text of your own has quotes of its own:{" "}
                <code>"'production'"</code>. <code>each</code> makes a fact of every item of a list.
              </>
            }
            value={text}
            onChange={(event) => setText(event.target.value)}
            readOnly={provisioned}
            rows={18}
            spellCheck={false}
            className="font-mono text-sm"
          />
          {provisioned ? (
            <Note>These rules come from pushline.yaml, and are changed there.</Note>
          ) : (
            <FormEnd error={error} pending={isPending}>
              Save and read what is kept by it
            </FormEnd>
          )}
        </Form>
      </Card>
      {deliveries.length === 0 ? (
        <Note>
          Nothing has arrived yet. What arrives is kept, and rules can be tried on it here.
        </Note>
      ) : (
        <div className="min-w-0 space-y-3">
          <Card title="Tried on">
            <DeliveryChoice deliveries={deliveries} chosen={delivery} onChoose={setDelivery} />
            <DeliveryBody id={delivery} />
          </Card>
          <MappingPreview source={source} mapping={text} delivery={delivery} />
        </div>
      )}
    </div>
  );
}

function DeliveryChoice({
  deliveries,
  chosen,
  onChoose,
}: {
  deliveries: DeliveryAnswer[];
  chosen: string;
  onChoose: (id: string) => void;
}) {
  const { timezone } = useTimezone();
  return (
    <SelectField
      name="delivery"
      label="A delivery that arrived"
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
    >
      {deliveries.map(({ id, event, receivedAt, outcome }) => (
        <option key={id} value={id}>
          {event}, {formatTime(receivedAt, timezone, "moment")}, {outcome}
        </option>
      ))}
    </SelectField>
  );
}
