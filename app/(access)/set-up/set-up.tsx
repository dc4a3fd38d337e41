"use client";

import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { Skeleton } from "@/app/_ui/states";
import { AccountForm } from "../account-form";
import { Panel } from "../panel";
import { useHashToken } from "../use-hash-token";

/** The first admin's account, or, on an instance that has people, the way back in from the shell. */
export function SetUp({ needed }: { needed: boolean }) {
  const token = useHashToken();
  if (token === undefined)
    return (
      <Panel title="Set up">
        <Skeleton lines={4} />
      </Panel>
    );
  if (token === null) return needed ? <WithoutToken /> : <Done />;
  return needed ? (
    <Panel title="Set up this Pushline">
      <p className="text-muted">
        You become its first admin: you invite the others and say who may do what.
      </p>
      <AccountForm
        path="/api/v1/set-up"
        token={token}
        action="Make the first account"
        expired={<Expired recovering={false} />}
      />
    </Panel>
  ) : (
    <Panel title="Recover this Pushline">
      <p className="text-muted">
        An e-mail address that signs in here gets this password and becomes admin; its other
        sessions end. Any other address becomes a new admin.
      </p>
      <AccountForm
        path="/api/v1/set-up"
        token={token}
        action="Become admin"
        expired={<Expired recovering />}
      />
    </Panel>
  );
}

function WithoutToken() {
  return (
    <Panel title="Set up this Pushline">
      <p>
        Nobody has an account here yet. Whoever started this instance opens the address that{" "}
        <Command>npm start</Command> printed; it also stands in{" "}
        <Command>set-up-address.txt</Command> in the data folder.
      </p>
      <p className="text-muted">
        It holds for an hour. For a new one, run <Command>npm run admin -- reset</Command> on the
        machine, or start Pushline again.
      </p>
    </Panel>
  );
}

/** To start Pushline again makes an address only as long as there is no admin. */
function Expired({ recovering }: { recovering: boolean }) {
  return (
    <>
      <p>
        This address holds no longer: it is good for one use within an hour. For a new one, run{" "}
        <Command>npm run admin -- reset</Command> on the machine
        {!recovering && ", or start Pushline again"}.
      </p>
      <Link href="/sign-in" className={buttonClass()}>
        Sign in
      </Link>
    </>
  );
}

function Done() {
  return (
    <Panel title="This Pushline is set up">
      <p>It has an admin already. Without an account, ask them for an invitation.</p>
      <p className="text-muted">
        No admin can sign in? On the machine, <Command>npm run admin -- reset</Command> prints an
        address that makes one.
      </p>
      <Link href="/sign-in" className={buttonClass("primary")}>
        Sign in
      </Link>
    </Panel>
  );
}

function Command({ children }: { children: string }) {
  return <code className="font-mono text-sm [overflow-wrap:anywhere]">{children}</code>;
}
