import type { AuthMode } from "@/lib/config/schema";

/** How people connect a provider: its sign, and what to do on its side. */
export interface Guide {
  icon: Icon;
  /** The ways of proof that the provider itself has a form for; all of them where it says nothing. */
  offers?: readonly AuthMode[];
  /** True where the provider makes the secret it signs with, and shows it once the webhook is there. */
  makesSecret?: true;
  /**
   * What to do at the provider, in order: the exact clicks, YAML or curl. It is also asked
   * with marks in place of every text (`markedGiven`), so it only puts them in their places.
   */
  steps(given: Given): Step[];
}

/** One path, drawn in the colour of the text around it. */
export interface Icon {
  path: string;
  /** "0 0 24 24" where it says nothing. */
  viewBox?: string;
}

/** A source as its guide needs it. */
export interface Given {
  name: string;
  auth: AuthMode;
  /** With auth `basic`, else empty. */
  username: string;
  /** With auth `header`, else empty. */
  header: string;
  /** The source's own address: https://…/api/webhooks/{name}. */
  address: string;
  /** Where this instance is, without a last slash: https://… */
  origin: string;
  secret: string;
  /** Now, as an RFC 3339 time, for an example that needs one. */
  at: string;
}

export interface Step {
  text: string;
  /** What to fill into whose form, by the labels that stand there. */
  fields?: readonly (readonly [label: string, value: string])[];
  /** To be pasted. */
  code?: string;
}

/** Where to send: with auth `path` the secret is the address's last part. */
export function addressToPaste({ auth, address, secret }: Given): string {
  return auth === "path" ? `${address}/${secret}` : address;
}

/** A curl that proves itself as the source does, in lines to paste into a shell. */
export function curlOf(given: Given, contentType: string, body: object): string {
  return [
    `curl ${addressToPaste(given)} \\`,
    ...proofOf(given).map((proof) => `  ${proof} \\`),
    `  -H "Content-Type: ${contentType}" \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}

function proofOf({ auth, username, header, secret }: Given): string[] {
  switch (auth) {
    case "bearer":
      return [`-H "Authorization: Bearer ${secret}"`];
    case "basic":
      return [`-u "${username}:${secret}"`];
    case "header":
      return [`-H "${header}: ${secret}"`];
    // The address says it, or the provider itself signs.
    case "path":
    case "signature":
      return [];
  }
}

/**
 * For scripts and clients written for another tool: its own addresses here, with the
 * proof that they can send; none for a source that proves itself otherwise.
 */
export function hostSteps(
  { auth, username, secret }: Given,
  text: string,
  addresses: readonly (readonly [label: string, value: string])[],
): Step[] {
  switch (auth) {
    case "bearer":
      return [{ text, fields: [...addresses, ["Authorization", `Bearer ${secret}`]] }];
    case "basic":
      return [{ text, fields: [...addresses, ["User and password", `${username}:${secret}`]] }];
    case "header":
    case "path":
    case "signature":
      return [];
  }
}

type Text = Exclude<keyof Given, "auth">;
const texts: readonly Text[] = ["name", "username", "header", "address", "origin", "secret", "at"];
const markOf = (text: Text) => `{{pushline.${text}}}`;

/** A source of which nothing is known but how it proves itself: marks stand for the rest. */
export function markedGiven(auth: AuthMode): Given {
  const marks = Object.fromEntries(texts.map((text) => [text, markOf(text)]));
  return { ...(marks as Record<Text, string>), auth };
}

/** The steps made with marks, with a source's own texts in their places. */
export function fillSteps(steps: readonly Step[], given: Given): Step[] {
  const fill = (text: string) =>
    text.replaceAll(/\{\{pushline\.(\w+)\}\}/g, (mark, name: string) =>
      isText(name) ? given[name] : mark,
    );
  return steps.map(({ text, fields, code }) => ({
    text: fill(text),
    ...(fields && { fields: fields.map(([label, value]) => [fill(label), fill(value)] as const) }),
    ...(code !== undefined && { code: fill(code) }),
  }));
}

function isText(name: string): name is Text {
  return (texts as readonly string[]).includes(name);
}
