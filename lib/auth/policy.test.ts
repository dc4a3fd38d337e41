import { describe, expect, it } from "vitest";
import {
  type Actor,
  anonymous,
  type Person,
  type Reach,
  type Role,
  type Scope,
  systemActor,
  visitor,
} from "@/lib/auth/actor";
import { type Access, authorise, decide, type Subject } from "@/lib/auth/policy";
import { type Config, defaultConfig } from "@/lib/config";

const service = { paths: [], deployments: [], dependsOn: [], repository: null };
const config: Config = {
  ...defaultConfig,
  services: [
    { ...service, name: "checkout", team: "payments" },
    { ...service, name: "ledger", team: "accounts" },
    { ...service, name: "alone", team: null },
  ],
};

const person = (role: Role, teams: Record<string, Role> = {}): Person => ({
  kind: "person",
  id: "p",
  name: "Ana",
  email: null,
  role,
  teams,
  session: "s",
});
const token = (scopes: Scope[], reach: Reach | null = null): Actor => ({
  kind: "token",
  id: "t",
  name: "pipeline",
  scopes,
  reach,
  expiresAt: null,
  byPrevious: false,
});
const may = (actor: Actor, access: Access, subject?: Subject) => {
  const decision = decide(config, actor, access, subject);
  return decision.may ? "yes" : decision.why;
};

describe("a person", () => {
  it("looks everywhere, whatever their role", () => {
    expect(may(person("viewer"), "read", { team: "payments" })).toBe("yes");
  });

  it("judges what their team does as its editor, and nothing else", () => {
    const editor = person("viewer", { payments: "editor" });
    expect(may(editor, "write")).toBe("yes");
    expect(may(editor, "write", { team: "payments" })).toBe("yes");
    expect(may(editor, "write", { team: "accounts" })).toBe("forbidden");
    expect(may(editor, "write", { team: null })).toBe("forbidden");
    expect(may(editor, "manage", { team: "payments" })).toBe("forbidden");
  });

  it("sets up their team as its admin, and not the instance", () => {
    const admin = person("viewer", { payments: "admin" });
    expect(may(admin, "manage", { team: "payments" })).toBe("yes");
    expect(may(admin, "manage", { team: "accounts" })).toBe("forbidden");
    expect(may(admin, "manage", {})).toBe("forbidden");
    expect(may(admin, "admin")).toBe("forbidden");
  });

  it("is not held back by a lower role in a team", () => {
    expect(may(person("editor", { payments: "viewer" }), "write", { team: "payments" })).toBe(
      "yes",
    );
  });

  it("sends no events, as an admin neither", () => {
    expect(may(person("admin"), "ingest")).toBe("forbidden");
  });

  it("holds no role by a name that every object has", () => {
    for (const team of ["constructor", "__proto__", "toString"])
      expect(may(person("viewer", {}), "write", { team })).toBe("forbidden");
  });
});

describe("a token", () => {
  it("may what its scopes say, admin being all of them", () => {
    expect(may(token(["read"]), "read")).toBe("yes");
    expect(may(token(["write"]), "read")).toBe("forbidden");
    expect(may(token(["admin"]), "ingest")).toBe("yes");
    expect(may(token(["write"]), "manage")).toBe("forbidden");
    expect(may(token(["admin"]), "self")).toBe("forbidden");
  });

  it("of a service ends at that service", () => {
    const narrow = token(["write", "admin"], { kind: "service", name: "checkout" });
    expect(may(narrow, "write", { service: "checkout", team: "payments" })).toBe("yes");
    expect(may(narrow, "write", { service: "ledger" })).toBe("not_found");
    expect(may(narrow, "manage", { team: "payments" })).toBe("not_found");
    expect(may(narrow, "write", {})).toBe("not_found");
    expect(may(narrow, "admin")).toBe("not_found");
  });

  it("of a team ends at the services that are the team's by now", () => {
    const narrow = token(["write", "admin"], { kind: "team", name: "payments" });
    expect(may(narrow, "write", { service: "checkout" })).toBe("yes");
    expect(may(narrow, "manage", { team: "payments" })).toBe("yes");
    // Whatever team the asker believes it to be of.
    expect(may(narrow, "write", { service: "ledger", team: "payments" })).toBe("not_found");
    expect(may(narrow, "write", { service: "alone", team: null })).toBe("not_found");
  });

  it("of a source ends at that source", () => {
    const narrow = token(["write"], { kind: "source", name: "github" });
    expect(may(narrow, "write", { source: "github" })).toBe("yes");
    expect(may(narrow, "write", { source: "jenkins" })).toBe("not_found");
    expect(may(narrow, "write", { service: "checkout" })).toBe("not_found");
  });
});

it("lets Pushline itself do all, a visitor all but send and be somebody, a stranger nothing", () => {
  for (const access of ["read", "write", "manage", "admin", "ingest"] as const) {
    expect(may(systemActor, access)).toBe("yes");
    expect(may(visitor, access)).toBe(access === "ingest" ? "forbidden" : "yes");
    expect(may(anonymous, access)).toBe("unauthenticated");
  }
  expect(may(visitor, "self")).toBe("forbidden");
  expect(may(anonymous, "open")).toBe("yes");
});

it("says what is wanted: a scope of a token, a role of a person", () => {
  const refuse = (actor: Actor, access: Access) => () => authorise({ config, actor }, access);
  expect(refuse(token(["read"]), "manage")).toThrow('lacks the scope "admin"');
  for (const actor of [visitor, token(["admin"])])
    expect(refuse(actor, "self")).toThrow("This is for people who signed in.");
  expect(refuse(person("viewer"), "write")).toThrow("editor, of the instance or of the team");
  expect(refuse(anonymous, "read")).toThrow(expect.objectContaining({ code: "unauthenticated" }));
});
