import { z } from "zod";
import { roles } from "@/lib/auth/actor";
import { setNewPassword } from "@/lib/auth/passwords/set-new-password";
import {
  emailField,
  idField,
  nameField,
  newAccountBody,
  passwordField,
  tokenField,
} from "@/lib/auth/people/account-fields";
import { changeName, changePassword } from "@/lib/auth/people/change-self";
import { meAnswer, readMe } from "@/lib/auth/people/read-me";
import {
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  sessionAnswer,
  signOut,
} from "@/lib/auth/sessions/own-sessions";
import { forgottenSession } from "@/lib/auth/sessions/sessions";
import { setUp, setUpNeeded } from "@/lib/auth/set-up/set-up";
import { signIn } from "@/lib/auth/sign-in/sign-in";
import { readSignInWays, signInWaysAnswer } from "@/lib/auth/sign-in/sign-in-ways";
import { listOf } from "@/lib/http/answers";
import { limitField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { withCookie } from "@/lib/http/with-cookie";

export const readSetUpRoute = route({
  operation: "readSetUp",
  method: "GET",
  path: "/api/v1/set-up",
  summary: "Whether the first admin is still to be made",
  access: "open",
  side: "next",
  answer: z.object({ needed: z.boolean() }),
  run: async (context) => ({ needed: await setUpNeeded(context) }),
});

const enteredAnswer = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
  }),
});

export const setUpRoute = route({
  operation: "setUp",
  method: "POST",
  path: "/api/v1/set-up",
  summary: "Makes the first admin, or recovers one, by the one-time address; signs in",
  access: "open",
  side: "next",
  body: newAccountBody,
  answer: enteredAnswer,
  status: 201,
  run: async (context, { body, headers }) => {
    const { person, cookie } = await setUp(context, body, headers);
    return withCookie({ person }, cookie, 201);
  },
});

export const readSignInWaysRoute = route({
  operation: "readSignInWays",
  method: "GET",
  path: "/api/v1/sign-in",
  summary: "How one signs in here",
  access: "open",
  side: "next",
  answer: signInWaysAnswer,
  run: (context) => readSignInWays(context),
});

export const signInRoute = route({
  operation: "signIn",
  method: "POST",
  path: "/api/v1/sign-in",
  summary: "Signs in by e-mail and password",
  access: "open",
  side: "next",
  body: z.strictObject({ email: emailField, password: passwordField }),
  answer: enteredAnswer,
  run: async (context, { body, headers }) => {
    const { person, cookie } = await signIn(context, body, headers);
    return withCookie({ person }, cookie);
  },
});

export const setNewPasswordRoute = route({
  operation: "setNewPassword",
  method: "POST",
  path: "/api/v1/new-password",
  summary: "Sets a new password by an admin's one-time address; signs in",
  access: "open",
  side: "next",
  body: z.strictObject({ token: tokenField, password: passwordField }),
  answer: enteredAnswer,
  run: async (context, { body, headers }) => {
    const { person, cookie } = await setNewPassword(context, body, headers);
    return withCookie({ person }, cookie);
  },
});

export const signOutRoute = route({
  operation: "signOut",
  method: "POST",
  path: "/api/v1/sign-out",
  summary: "Ends the session that asks",
  access: "self",
  side: "next",
  answer: z.object({}),
  run: async (context) => {
    await signOut(context);
    return withCookie({}, forgottenSession(context.site));
  },
});

export const readMeRoute = route({
  operation: "readMe",
  method: "GET",
  path: "/api/v1/me",
  summary: "Who asks, and what they may",
  access: "read",
  side: "next",
  answer: meAnswer,
  run: (context) => readMe(context),
});

export const changeNameRoute = route({
  operation: "changeName",
  method: "PUT",
  path: "/api/v1/me",
  summary: "Changes the name under which others see one",
  access: "self",
  side: "next",
  body: z.strictObject({ name: nameField }),
  answer: z.object({ name: z.string() }),
  run: async (context, { body }) => {
    await changeName(context, body.name);
    return body;
  },
});

export const changePasswordRoute = route({
  operation: "changePassword",
  method: "PUT",
  path: "/api/v1/me/password",
  summary: "Changes one's password and ends one's other sessions",
  access: "self",
  side: "next",
  body: z.strictObject({ current: passwordField, next: passwordField }),
  answer: z.object({}),
  run: async (context, { body }) => {
    await changePassword(context, body);
    return {};
  },
});

export const listOwnSessionsRoute = route({
  operation: "listOwnSessions",
  method: "GET",
  path: "/api/v1/me/sessions",
  summary: "Where one is signed in, newest first",
  access: "self",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: limitField }),
  answer: listOf(sessionAnswer),
  run: (context, { query }) => listOwnSessions(context, query),
});

export const endOtherSessionsRoute = route({
  operation: "endOtherSessions",
  method: "DELETE",
  path: "/api/v1/me/sessions",
  summary: "Signs out everywhere else",
  access: "self",
  side: "next",
  answer: z.object({ ended: z.number() }),
  run: async (context) => ({ ended: await endOtherSessions(context) }),
});

export const endOwnSessionRoute = route({
  operation: "endOwnSession",
  method: "DELETE",
  path: "/api/v1/me/sessions/{id}",
  summary: "Ends one of one's sessions",
  access: "self",
  side: "next",
  parameters: z.object({ id: idField }),
  answer: z.object({}),
  run: async (context, { parameters }) => {
    await endOwnSession(context, parameters.id);
    return {};
  },
});
