import { z } from "zod";
import { setUpNeeded } from "@/lib/auth/set-up";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export const signInWaysAnswer = z.object({
  setUpNeeded: z.boolean(),
  /** Whether e-mail and password will do. */
  password: z.boolean(),
  providers: z.array(z.object({ name: z.string(), title: z.string(), kind: z.string() })),
});

/** How one signs in here; of the providers nothing that is theirs. */
export async function readSignInWays(context: Context): Promise<z.infer<typeof signInWaysAnswer>> {
  const { password, providers } = context.config.signIn;
  return {
    setUpNeeded: await setUpNeeded(context),
    password,
    providers: providers.map(({ name, title = name, kind }) => ({ name, title, kind })),
  };
}

/** Throws `forbidden` where pushline.yaml leaves signing in to the providers alone. */
export function refuseWithoutPasswords({ config }: Pick<Context, "config">): void {
  if (config.signIn.password) return;
  throw new Problem("forbidden", "Here one signs in with a provider, not with a password.");
}
