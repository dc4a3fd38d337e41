"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { tokensQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import type { TokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { MadeToken } from "./made-token";
import { MakeToken } from "./make-token";
import { TokenTable } from "./token-table";

/** What pipelines and scripts prove themselves with. */
export function Tokens() {
  const { can } = useViewer();
  if (!can.manage)
    return (
      <>
        <PageHead title="Tokens" />
        <Note>
          Tokens are made by admins: of the instance for any reach, of a team for the team and its
          services. Ask one of them for yours.
        </Note>
      </>
    );
  return <ForManagers />;
}

function ForManagers() {
  const query = useQuery(tokensQuery());
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<TokenWithSecretAnswer | null>(null);
  return (
    <>
      <PageHead title="Tokens">
        {!making && (
          <Button look="primary" onClick={() => setMaking(true)}>
            <Plus aria-hidden="true" size={14} /> Make a token
          </Button>
        )}
      </PageHead>
      {made && <MadeToken made={made} onClose={() => setMade(null)} />}
      {making && (
        <MakeToken
          onMade={(answer) => {
            setMade(answer);
            setMaking(false);
          }}
          onCancel={() => setMaking(false)}
        />
      )}
      <Card padded={false}>
        <div className="px-3.5 py-2">
          <Answered query={query} lines={5}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No tokens yet">
                  Make one for a pipeline with the scope ingest; the line to send a first event with
                  it comes with the token.
                </Empty>
              ) : (
                <TokenTable items={items} />
              )
            }
          </Answered>
        </div>
      </Card>
    </>
  );
}
