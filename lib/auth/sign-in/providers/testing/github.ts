import type { IncomingMessage, ServerResponse } from "node:http";
import { calculatePKCECodeChallenge } from "openid-client";
import {
  type Answerer,
  json,
  type Listening,
  listen,
} from "@/lib/auth/sign-in/providers/testing/listen";

export const githubClient = {
  clientId: "Iv1.pushline",
  clientSecret: "github-secret-of-this-test",
};
const accessToken = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

/**
 * Answers on loopback in the shapes that docs.github.com publishes ("Authorizing
 * OAuth apps", "Troubleshooting OAuth app access token request errors", and the
 * REST pages on users, e-mails and organizations).
 */
export interface Github extends Listening {
  user: { id: number; login: string; name: string | null };
  emails: { email: string; primary: boolean; verified: boolean; visibility: string | null }[];
  organizations: string[];
  /** Answers in its place where it returns true. */
  intercept: ((path: string, response: ServerResponse) => boolean) | null;
  /** The scope that was asked for the last time. */
  scope: string | null;
}

interface Grant {
  challenge: string;
  redirectUri: string;
}

export async function startGithub(): Promise<Github> {
  let answer: Answerer = () => undefined;
  const grants = new Map<string, Grant>();
  const github: Github = {
    ...(await listen(() => answer)),
    user: { id: 583231, login: "octocat", name: "The Octocat" },
    emails: [],
    organizations: [],
    intercept: null,
    scope: null,
  };
  answer = (request, response) => void respond(github, grants, request, response);
  return github;
}

async function respond(
  github: Github,
  grants: Map<string, Grant>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<unknown> {
  const url = new URL(request.url ?? "/", github.address);
  if (github.intercept?.(url.pathname, response)) return;
  if (url.pathname === "/login/oauth/authorize") return authorize(github, grants, url, response);
  if (url.pathname === "/login/oauth/access_token")
    return json(response, 200, await grant(grants, await formOf(request)));
  if (request.headers.authorization !== `Bearer ${accessToken}` || !request.headers["user-agent"])
    return json(response, 401, {
      message: "Requires authentication",
      documentation_url: "https://docs.github.com/rest",
      status: "401",
    });
  const page = Number(url.searchParams.get("page") ?? 1);
  const size = Number(url.searchParams.get("per_page") ?? 30);
  switch (url.pathname) {
    case "/api/v3/user":
      return json(response, 200, {
        ...github.user,
        node_id: "MDQ6VXNlcjU4MzIzMQ==",
        type: "User",
        site_admin: false,
        email: "public-and-unproven@example.com",
      });
    case "/api/v3/user/emails":
      return json(response, 200, github.emails);
    case "/api/v3/user/orgs":
      return json(
        response,
        200,
        github.organizations
          .slice((page - 1) * size, page * size)
          .map((login, index) => ({ login, id: index + 1, description: null })),
      );
    default:
      return json(response, 404, { message: "Not Found", status: "404" });
  }
}

function authorize(
  github: Github,
  grants: Map<string, Grant>,
  { searchParams }: URL,
  response: ServerResponse,
): void {
  const code = `code-${grants.size}`;
  const redirectUri = searchParams.get("redirect_uri") ?? "";
  github.scope = searchParams.get("scope");
  grants.set(code, { redirectUri, challenge: searchParams.get("code_challenge") ?? "" });
  const back = new URL(redirectUri);
  back.searchParams.set("code", code);
  back.searchParams.set("state", searchParams.get("state") ?? "");
  response.writeHead(302, { location: back.href }).end();
}

/** GitHub says no with 200. */
async function grant(grants: Map<string, Grant>, form: URLSearchParams): Promise<object> {
  const help = "https://docs.github.com/apps/managing-oauth-apps/troubleshooting";
  if (form.get("client_secret") !== githubClient.clientSecret)
    return {
      error: "incorrect_client_credentials",
      error_description: `The client_id and/or client_secret passed are incorrect: ${form}`,
      error_uri: help,
    };
  const code = form.get("code") ?? "";
  const found = grants.get(code);
  grants.delete(code);
  const challenge = await calculatePKCECodeChallenge(form.get("code_verifier") ?? "");
  if (!found || found.challenge !== challenge || found.redirectUri !== form.get("redirect_uri"))
    return {
      error: "bad_verification_code",
      error_description: "The code passed is incorrect or expired.",
      error_uri: help,
    };
  return { access_token: accessToken, scope: "user:email,read:org", token_type: "bearer" };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
