"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProviderButtons, type SignInProvider } from "@/app/_people/provider-buttons";
import { wholeRole } from "@/app/_people/role-words";
import { postAnswer } from "@/app/_query/answer";
import { buttonClass } from "@/app/_ui/button";
import { Failure, Skeleton } from "@/app/_ui/states";
import type { Role } from "@/lib/auth/actor";
import { AccountForm } from "../account-form";
import { Or, Panel } from "../panel";
import { useHashToken } from "../use-hash-token";

interface InvitationDetails {
  note: string;
  role: Role;
  teams: Record<string, Role>;
  invitedBy: string;
}

interface Ways {
  password: boolean;
  providers: readonly SignInProvider[];
}

export function Invitation(ways: Ways) {
  const token = useHashToken();
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token],
    enabled: typeof token === "string",
    queryFn: () => postAnswer<InvitationDetails>("/api/v1/invitations/lookup", { token }),
  });
  if (token === null) return <Void />;
  if (error && "status" in error && error.status !== 0 && Number(error.status) < 429)
    return <Void />;
  return (
    <Panel title="You are invited">
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data && token ? (
        <Accept token={token} invitation={data} {...ways} />
      ) : (
        <Skeleton lines={5} />
      )}
    </Panel>
  );
}

function Accept({
  token,
  invitation: { note, role, teams, invitedBy },
  password,
  providers,
}: Ways & { token: string; invitation: InvitationDetails }) {
  const ofTeams = Object.entries(teams);
  return (
    <>
      <p>
        <strong>{invitedBy}</strong> invites you to this Pushline as <strong>{role}</strong> (
        {wholeRole(role)})
        {ofTeams.map(([team, held]) => (
          <span key={team}>
            , {held} of <strong>{team}</strong>
          </span>
        ))}
        .
      </p>
      {note && <p className="text-muted">{note}</p>}
      <ProviderButtons providers={providers} words="Accept with" invitation={token} />
      {password && providers.length > 0 && <Or />}
      {password && (
        <AccountForm
          path="/api/v1/invitations/accept"
          token={token}
          action="Make my account"
          expired={<VoidWords />}
        />
      )}
    </>
  );
}

function Void() {
  return (
    <Panel title="This invitation does not hold">
      <VoidWords />
    </Panel>
  );
}

function VoidWords() {
  return (
    <>
      <p>
        It was used already, has expired, was withdrawn, or its address is not whole. Ask whoever
        sent it for a new one.
      </p>
      <p className="text-muted">You have an account by now?</p>
      <Link href="/sign-in" className={buttonClass()}>
        Sign in
      </Link>
    </>
  );
}
