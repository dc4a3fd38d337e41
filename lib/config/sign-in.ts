import { z } from "zod";
import { roles } from "@/lib/auth/actor";
import { namePattern } from "@/lib/config/name-pattern";
import type { ConfigProblem } from "@/lib/config/problems";
import { isLoopbackHost } from "@/lib/http/loopback";

const text = z.string("a text").trim().min(1, "a text that is not empty");
const texts = z.array(text, "a list of texts").default([]);

export const googleIssuer = "https://accounts.google.com";
const githubAddress = "https://github.com";

/** Codes and secrets travel there: in the clear only within this machine. */
const address = z
  .string("an address that begins with https://")
  .refine(isSafeAddress, "an address that begins with https:// (http:// only on 127.0.0.1)");

const common = {
  name: text.regex(namePattern, "letters, digits, dots and dashes (it is part of an address)"),
  /** On the button; the name where it is left out. */
  title: text.optional(),
  clientId: text,
  clientSecret: text,
  /** Who gets an account by signing in: whoever holds an invitation, or everyone the provider lets through. */
  admit: z.enum(["invited", "anyone"], "invited or anyone").default("invited"),
  /** Of those whom `admit: anyone` lets in. */
  role: z.enum(roles, `one of ${roles.join(", ")}`).default("viewer"),
};

const oidc = z.strictObject({
  ...common,
  kind: z.literal("oidc"),
  /** Exactly as the provider's discovery document says it. */
  issuer: address,
  scopes: z.array(text, "a list of texts").default(["openid", "email", "profile"]),
  /** Of the verified e-mail addresses that may sign in; empty: all. */
  domains: texts.transform((domains) => domains.map((domain) => domain.toLowerCase())),
});
export type OidcSettings = z.output<typeof oidc>;

const github = z.strictObject({
  ...common,
  kind: z.literal("github"),
  /** Whose members may sign in; empty: all. */
  organizations: texts,
  /** Of a GitHub Enterprise Server. */
  url: address.default(githubAddress).transform(withoutSlash),
  /** Where the API is not where GitHub puts it. */
  apiUrl: address.transform(withoutSlash).optional(),
});
export type GithubSettings = z.output<typeof github>;

/** The signIn section of pushline.yaml. */
export const signInSettings = z.strictObject({
  /** Whether e-mail and password will do. */
  password: z.boolean("true or false").default(true),
  providers: z
    .array(z.discriminatedUnion("kind", [oidc, github], "oidc or github"), "a list")
    .nullable()
    .default([])
    .transform((providers) => providers ?? []),
});

/**
 * What is wrong with a provider of sign-in beyond its single values: doors that
 * would stand open to whoever makes an account at a public provider.
 */
export function providerProblems(written: Record<string, unknown>): ConfigProblem[] {
  const admitsAnyone = written.admit === "anyone";
  const isEmpty = (list: unknown) => !Array.isArray(list) || list.length === 0;
  const isPublicGithub =
    written.kind === "github" &&
    withoutSlash(String(written.url ?? githubAddress)) === githubAddress;
  if (admitsAnyone && isPublicGithub && isEmpty(written.organizations))
    return [
      {
        path: ["admit"],
        message: "anyone would let in every account of github.com: name organizations as well",
      },
    ];
  const isGoogle = written.kind === "oidc" && withoutSlash(String(written.issuer)) === googleIssuer;
  if (admitsAnyone && isGoogle && isEmpty(written.domains))
    return [
      {
        path: ["admit"],
        message: "anyone would let in every Google account: name domains as well",
      },
    ];
  if (
    written.kind === "oidc" &&
    Array.isArray(written.scopes) &&
    !written.scopes.includes("openid")
  )
    return [{ path: ["scopes"], message: "openid has to be among them" }];
  return [];
}

function isSafeAddress(written: string): boolean {
  if (!URL.canParse(written)) return false;
  const { protocol, host, username, password } = new URL(written);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(host));
}

function withoutSlash(written: string): string {
  return written.replace(/\/+$/, "");
}
