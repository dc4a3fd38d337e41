import type { Sample } from "@/lib/auth/testing-access/samples";
import type { World } from "@/lib/auth/testing-access/world";

const token = "a-token-that-nobody-was-given";
const password = "a long enough phrase of nobody";
const account = { name: "Nobody", email: "nobody@example.com", password };
const nobody = { id: "nobody" };

/** What is open to strangers answers that their token, password or provider is none. */
export function accountSamples({ person }: World): Record<string, Sample> {
  return {
    readSetUp: { access: "open" },
    setUp: { access: "open", body: { token, ...account }, answers: 410 },
    readSignInWays: { access: "open" },
    // Let in as far as the body: a password that is tried takes its time and is counted.
    signIn: { access: "open", body: { email: account.email }, answers: 400 },
    beginProviderSignIn: {
      access: "open",
      parameters: { provider: "nobody" },
      body: {},
      answers: 404,
    },
    finishProviderSignIn: {
      access: "open",
      parameters: { provider: "nobody" },
      query: "code=x&state=y",
      answers: 404,
    },
    findInvitation: { access: "open", body: { token }, answers: 410 },
    acceptInvitation: { access: "open", body: { token, ...account }, answers: 410 },
    setNewPassword: { access: "open", body: { token, password }, answers: 410 },
    signOut: { access: "self" },
    readMe: { access: "list" },
    changeName: { access: "self", body: { name: "Ana" } },
    changePassword: {
      access: "self",
      body: { current: password, next: `${password} or other` },
      answers: 409,
    },
    listOwnSessions: { access: "self" },
    endOtherSessions: { access: "self" },
    endOwnSession: { access: "self", parameters: nobody, answers: 404 },
    linkProvider: {
      access: "self",
      parameters: { provider: "nobody" },
      body: {},
      answers: 404,
    },
    unlinkProvider: { access: "self", parameters: { provider: "nobody" }, answers: 404 },
    listPeople: { access: "list" },
    changePerson: { access: "admin", parameters: nobody, body: { role: "viewer" }, answers: 404 },
    removePerson: { access: "admin", parameters: nobody, answers: 404 },
    endSessionsOf: { access: "admin", parameters: nobody, answers: 404 },
    makePasswordLink: { access: "admin", parameters: nobody, answers: 404 },
    changeMember: {
      access: "member",
      parameters: { name: "alpha", person },
      body: { role: "viewer" },
    },
    listInvitations: { access: "admin" },
    invite: {
      access: "admin",
      body: { note: "for nobody", role: "viewer", teams: {} },
    },
    withdrawInvitation: { access: "admin", parameters: nobody, answers: 404 },
  };
}
