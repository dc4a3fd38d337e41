import type { SourceAnswer } from "@/lib/http/settings-answers";

/** A source just set up, with the secret that is shown once. */
export interface Given
  extends Pick<SourceAnswer, "name" | "provider" | "auth" | "username" | "header" | "address"> {
  secret: string;
  /** When it was set up: the time of the event to try, and since when its first is awaited. */
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
      return [`-u "${username ?? ""}:${secret}"`];
    case "header":
      return [`-H "${header ?? ""}: ${secret}"`];
    // The address says it, or the provider itself signs.
    case "path":
    case "signature":
      return [];
  }
}
