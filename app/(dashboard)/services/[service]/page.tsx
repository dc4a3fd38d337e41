import type { Metadata } from "next";
import { Service } from "./service";

interface Props {
  params: Promise<{ service: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).service) };
}

export default async function ServicePage({ params }: Props) {
  return <Service name={decodeURIComponent((await params).service)} />;
}
