import type { Metadata } from "next";
import { Journey } from "./journey";

export const metadata: Metadata = { title: "Change" };

interface Props {
  params: Promise<{ sha: string }>;
  searchParams: Promise<{ repository?: string | string[] }>;
}

export default async function ChangePage({ params, searchParams }: Props) {
  const { repository } = await searchParams;
  return (
    <Journey
      sha={decodeURIComponent((await params).sha)}
      repository={typeof repository === "string" ? repository : undefined}
    />
  );
}
