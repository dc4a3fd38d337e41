import { answerHere } from "@/app/_server/answer-here";

/** What GET /api/v1/sign-in tells anyone. */
export interface SignInWays {
  setUpNeeded: boolean;
  password: boolean;
  providers: readonly { name: string; title: string }[];
}

export async function signInWays(): Promise<SignInWays> {
  const ways = (await answerHere("/api/v1/sign-in", "")) as SignInWays | undefined;
  // Answered on the server or not at all: without its database there is no signing in either.
  if (!ways) throw new Error("Pushline cannot sign anyone in just now.");
  return ways;
}
