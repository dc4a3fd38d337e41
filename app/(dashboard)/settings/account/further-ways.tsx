"use client";

import { useQuery } from "@tanstack/react-query";
import { issuerName } from "@/app/_people/issuer-name";
import { problemWords } from "@/app/_people/problem-words";
import { signInWaysQuery } from "@/app/_query/queries";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { Pill } from "@/app/_ui/pill";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import type { MeAnswer } from "@/lib/auth/people/read-me";
import { LinkProvider } from "./link-provider";
import { UnlinkProvider } from "./unlink-provider";

/** By what one signs in to this account, and by what else one might. */
export function FurtherWays({
  me: { identities, hasPassword },
  problem,
}: {
  me: MeAnswer;
  problem: string | null;
}) {
  const providers = useQuery(signInWaysQuery()).data?.providers ?? [];
  const isOnlyPassword = identities.every(({ issuer }) => issuer === "password");
  if (providers.length === 0 && isOnlyPassword) return null;
  const titleOf = (name: string) => providers.find((each) => each.name === name)?.title ?? name;
  const unlinked = providers.filter(
    ({ name }) => !identities.some(({ provider }) => provider === name),
  );
  return (
    <Card title="Ways to sign in">
      {problem !== null && (
        <Note tone="warning" role="alert">
          {problemWords(problem)}
        </Note>
      )}
      <Table label="Ways to sign in">
        <thead>
          <tr>
            <Head>By</Head>
            <Head>Since</Head>
            <Head>
              <span className="sr-only">Change it</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {identities.map(({ issuer, provider, since }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two accounts at one provider differ in nothing that is shown.
            <tr key={`${issuer} ${index}`} className="hover:bg-sunken">
              <Cell>
                {provider === null ? issuerName(issuer) : titleOf(provider)}{" "}
                {provider === null && issuer !== "password" && <Pill>no longer offered here</Pill>}
              </Cell>
              <Cell className="whitespace-nowrap">
                <Moment at={since} />
              </Cell>
              <Cell className="text-right">
                {provider !== null && <UnlinkProvider name={provider} title={titleOf(provider)} />}
              </Cell>
            </tr>
          ))}
          {unlinked.map(({ name, title }) => (
            <tr key={name} className="hover:bg-sunken">
              <Cell>{title}</Cell>
              <Cell className="text-muted">not linked</Cell>
              <Cell className="text-right">
                <LinkProvider name={name} title={title} hasPassword={hasPassword} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
