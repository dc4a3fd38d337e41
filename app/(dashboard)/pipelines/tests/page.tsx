import type { Metadata } from "next";
import { TestRuns } from "./test-runs";

export const metadata: Metadata = { title: "Test runs" };

export default function TestRunsPage() {
  return <TestRuns />;
}
