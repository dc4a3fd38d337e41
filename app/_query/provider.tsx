"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { AnswerProblem } from "@/app/_query/answer";
import { followLive, type LiveState } from "@/app/_query/live";

const Live = createContext<LiveState>({ state: "connecting", heardAt: null });

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  const [live, setLive] = useState<LiveState>({ state: "connecting", heardAt: null });
  useEffect(() => followLive(client, setLive), [client]);
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
function makeClient(): QueryClient {
  return new QueryClient({
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
