import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answerHere } from "@/app/_server/answer-here";

export interface Question {
  queryKey: readonly string[];
}

/** Questions answered on the server beforehand, so that the first paint holds data and not bars. */
export async function Preloaded({
  questions,
  children,
}: {
  questions: readonly Question[];
  children: ReactNode;
}) {
  const client = new QueryClient();
  await Promise.all(
    questions.map(async ({ queryKey }) => {
      const [path = "", search = "", pages] = queryKey;
      const answer = await answerHere(path, search);
      if (answer === undefined) return;
      client.setQueryData(queryKey, pages ? { pages: [answer], pageParams: [null] } : answer);
    }),
  );
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
