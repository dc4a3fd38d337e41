import type { Metadata } from "next";
import { Trends } from "./trends";

export const metadata: Metadata = { title: "Trends" };

export default function TrendsPage() {
  return <Trends />;
}
