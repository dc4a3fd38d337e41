import { z } from "zod";
import { roles } from "@/lib/auth/actor";
import { makePasswordLink } from "@/lib/auth/passwords/make-password-link";
import { acceptByPassword } from "@/lib/auth/people/accept-invitation";
import {
  idField,
  newAccountBody,
  noteField,
  roleField,
  teamField,
  teamRolesField,
  tokenField,
} from "@/lib/auth/people/account-fields";
import { changePerson, endSessionsOf, removePerson } from "@/lib/auth/people/change-person";
import { invite, withdrawInvitation } from "@/lib/auth/people/invite";
import {
  findInvitation,
  foundInvitation,
  invitationAnswer,
  listInvitations,
} from "@/lib/auth/people/list-invitations";
import { listPeople, personAnswer, readPerson } from "@/lib/auth/people/list-people";
import { listOf, time } from "@/lib/http/answers";
import { baseAddress } from "@/lib/http/base-address";
import { limitField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { withCookie } from "@/lib/http/with-cookie";
import { changeMember } from "@/lib/settings/change-member";

const pageQuery = z.strictObject({ cursor: z.string().optional(), limit: limitField });
const person = z.object({ id: idField });

export const listPeopleRoute = route({
  operation: "listPeople",
  method: "GET",
  path: "/api/v1/people",
  summary: "Who has an account, newest first",
  access: "read",
  side: "next",
  query: pageQuery,
  answer: listOf(personAnswer),
  run: (context, { query }) => listPeople(context, query),
});

export const changePersonRoute = route({
  operation: "changePerson",
  method: "PUT",
  path: "/api/v1/people/{id}",
  summary: "Changes someone's role, or whether they may sign in",
  access: "admin",
  side: "next",
  parameters: person,
  body: z.strictObject({ role: roleField.optional(), disabled: z.boolean().optional() }),
  answer: personAnswer,
  run: async (context, { parameters, body }) => {
    await changePerson(context, parameters.id, body);
    return readPerson(context, parameters.id);
  },
});

export const removePersonRoute = route({
  operation: "removePerson",
  method: "DELETE",
  path: "/api/v1/people/{id}",
  summary: "Removes someone's account",
  access: "admin",
  side: "next",
  parameters: person,
  answer: z.object({}),
  run: async (context, { parameters }) => {
    await removePerson(context, parameters.id);
    return {};
  },
});

export const endSessionsOfRoute = route({
  operation: "endSessionsOf",
  method: "DELETE",
  path: "/api/v1/people/{id}/sessions",
  summary: "Signs someone out everywhere",
  access: "admin",
  side: "next",
  parameters: person,
  answer: z.object({ ended: z.number() }),
  run: async (context, { parameters }) => ({ ended: await endSessionsOf(context, parameters.id) }),
});

export const makePasswordLinkRoute = route({
  operation: "makePasswordLink",
  method: "POST",
  path: "/api/v1/people/{id}/password-link",
  summary: "Makes an address at which someone sets a new password; it is shown this once",
  access: "admin",
  side: "next",
  parameters: person,
  answer: z.object({ address: z.string(), expiresAt: time }),
  status: 201,
  run: (context, { parameters, headers }) =>
    makePasswordLink(context, parameters.id, baseAddress(context.site, headers)),
});

export const changeMemberRoute = route({
  operation: "changeMember",
  method: "PUT",
  path: "/api/v1/teams/{name}/members/{person}",
  summary: "Gives someone a role in a team; null takes them out",
  access: "manage",
  side: "next",
  parameters: z.object({ name: teamField, person: idField }),
  body: z.strictObject({ role: roleField.nullable() }),
  answer: z.object({
    team: z.string(),
    person: z.string(),
    name: z.string(),
    role: z.enum(roles).nullable(),
  }),
  run: (context, { parameters, body }) =>
    changeMember(context, { team: parameters.name, person: parameters.person, role: body.role }),
});

export const listInvitationsRoute = route({
  operation: "listInvitations",
  method: "GET",
  path: "/api/v1/invitations",
  summary: "Invitations, newest first",
  access: "admin",
  side: "next",
  query: pageQuery,
  answer: listOf(invitationAnswer),
  run: (context, { query }) => listInvitations(context, query),
});

export const inviteRoute = route({
  operation: "invite",
  method: "POST",
  path: "/api/v1/invitations",
  summary: "Makes an invitation for one person; its address is shown this once",
  access: "admin",
  side: "next",
  body: z.strictObject({
    note: noteField.default(""),
    role: roleField.default("viewer"),
    teams: teamRolesField.default({}),
  }),
  answer: z.object({ id: z.string(), address: z.string() }),
  status: 201,
  run: (context, { body, headers }) => invite(context, body, baseAddress(context.site, headers)),
});

export const withdrawInvitationRoute = route({
  operation: "withdrawInvitation",
  method: "DELETE",
  path: "/api/v1/invitations/{id}",
  summary: "Takes an open invitation back",
  access: "admin",
  side: "next",
  parameters: z.object({ id: idField }),
  answer: z.object({}),
  run: async (context, { parameters }) => {
    await withdrawInvitation(context, parameters.id);
    return {};
  },
});

export const findInvitationRoute = route({
  operation: "findInvitation",
  method: "POST",
  path: "/api/v1/invitations/lookup",
  summary: "What an invitation gives, for whoever holds its address",
  access: "open",
  side: "next",
  body: z.strictObject({ token: tokenField }),
  answer: foundInvitation,
  run: (context, { body }) => findInvitation(context, body.token),
});

export const acceptInvitationRoute = route({
  operation: "acceptInvitation",
  method: "POST",
  path: "/api/v1/invitations/accept",
  summary: "Takes an invitation up with an e-mail and a password; signs in",
  access: "open",
  side: "next",
  body: newAccountBody,
  answer: z.object({
    person: personAnswer.pick({ id: true, name: true, email: true, role: true }),
  }),
  status: 201,
  run: async (context, { body, headers }) => {
    const { person: accepted, cookie } = await acceptByPassword(context, body, headers);
    return withCookie({ person: accepted }, cookie, 201);
  },
});
