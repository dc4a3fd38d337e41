import { type TestDatabase, testDatabase } from "@/db/testing";
import { invite } from "@/lib/auth/people/invite";
import { readSession } from "@/lib/auth/sessions/sessions";
import { redirectAddress } from "@/lib/auth/sign-in/providers/redirect-address";
import { pushline } from "@/lib/auth/sign-in/providers/testing/browser";
import { signedIn } from "@/lib/auth/testing";
import { defaultConfig } from "@/lib/config";
import { type Context, provideContext } from "@/lib/context";
import { testContext } from "@/lib/testing/context";

type Providers = Context["config"]["signIn"]["providers"];

/** An instance of the test's own: set up, with providers that each test may set anew. */
export interface Bench {
  database: TestDatabase;
  context: Context;
  provide(providers: Providers, overrides?: Partial<Omit<Context, "config">>): Promise<void>;
  /** A token of a new invitation as editor. */
  invited(): Promise<string>;
  /** Who is signed in by these cookies of Pushline's. */
  whoIs(cookies: Map<string, string>): ReturnType<typeof readSession>;
  /** The audit's entries of an action, the latest last, with who and how. */
  audited(action: string): Promise<Audited[]>;
}

interface Audited {
  actor: string;
  subject: string | null;
  details: Record<string, unknown>;
}

export async function openBench(): Promise<Bench> {
  const database = await testDatabase();
  const bench: Bench = {
    database,
    context: await testContext(database),
    async provide(providers, overrides = {}) {
      const signIn = { ...defaultConfig.signIn, providers };
      bench.context = await testContext(database, { signIn }, overrides);
      provideContext(bench.context);
      await database.db.deleteFrom("throttles").execute();
    },
    async invited() {
      const invitation = { note: "for the test", role: "editor" as const, teams: {} };
      const { address } = await invite(bench.context, invitation, pushline);
      return address.split("#")[1] ?? "";
    },
    whoIs: (cookies) =>
      readSession(
        bench.context,
        [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ),
    audited: (action) =>
      database.db
        .selectFrom("audit")
        .select(["actor", "subject", "details"])
        .where("action", "=", action)
        .orderBy("id")
        .execute(),
  };
  await signedIn(bench.context, { role: "admin", name: "First admin" });
  return bench;
}

/** What has to be registered at a provider. */
export function callbackOf(provider: string): string {
  const headers = new Headers({ host: new URL(pushline).host });
  return redirectAddress({ baseUrl: null, withoutSignIn: false }, headers, provider);
}
