"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { AnswerProblem, isSignedOut } from "@/app/_query/answer";
import { followLive, type LiveState } from "@/app/_query/live";

const Live = createContext<LiveState>({ state: "connecting", heardAt: null });

/** Questions and the one live line; once the session has ended, nothing asks any more. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [live, setLive] = useState<LiveState>({ state: "connecting", heardAt: null });
  const [client] = useState(() => makeClient(() => setLive({ state: "ended", heardAt: null })));
  const ended = live.state === "ended";
  useEffect(() => (ended ? undefined : followLive(client, setLive)), [client, ended]);
  return (
    <QueryClientProvider client={client}>
      <Live value={live}>{children}</Live>
    </QueryClientProvider>
  );
}

export function useLive(): LiveState {
  return useContext(Live);
}

/** The live stream says what is stale, so nothing is asked again on a timer while it is open. */
function makeClient(onSignedOut: () => void): QueryClient {
  const hear = (error: Error) => isSignedOut(error) && onSignedOut();
  return new QueryClient({
    queryCache: new QueryCache({ onError: hear }),
    mutationCache: new MutationCache({ onError: hear }),
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
    },
  });
}

/** Trouble that may pass by itself; a refusal will be the same the second time. */
function isPassing(error: Error): boolean {
  return !(error instanceof AnswerProblem) || error.status === 0 || error.status >= 500;
}
