import { z } from "zod";
import { setUpNeeded } from "@/lib/auth/set-up/set-up";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export const signInWaysAnswer = z.object({
  setUpNeeded: z.boolean(),
  /** Whether e-mail and password will do. */
  password: z.boolean(),
  providers: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      kind: z.string(),
      /** Whether signing in with it makes an account, or takes an invitation. */
      admit: z.enum(["invited", "anyone"]),
    }),
  ),
});
type SignInWays = z.infer<typeof signInWaysAnswer>;

/** How one signs in here; of the providers nothing that is theirs. */
export async function readSignInWays(context: Context): Promise<SignInWays> {
  const { password, providers } = context.config.signIn;
  return {
    setUpNeeded: await setUpNeeded(context),
    password,
    providers: providers.map(({ name, title = name, kind, admit }) => ({
      name,
      title,
      kind,
      admit,
    })),
  };
}

/** Throws `forbidden` where pushline.yaml leaves signing in to the providers alone. */
export function refuseWithoutPasswords({ config }: Pick<Context, "config">): void {
  if (config.signIn.password) return;
  throw new Problem("forbidden", "Here one signs in with a provider, not with a password.");
}
