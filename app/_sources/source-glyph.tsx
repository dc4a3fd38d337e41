"use client";

import { useQuery } from "@tanstack/react-query";
import { providersQuery, sourcesQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Glyph } from "@/app/_ui/glyph";

/** The sign of a source's provider; nothing for those who may not look at the sources. */
export function SourceGlyph({ source }: { source: string }) {
  const enabled = useViewer().can.admin;
  const sources = useQuery({ ...sourcesQuery(), enabled }).data?.items;
  const provider = sources?.find(({ name }) => name === source)?.provider;
  return provider ? <ProviderGlyph provider={provider} /> : null;
}

export function ProviderGlyph({ provider }: { provider: string }) {
  const known = useQuery(providersQuery()).data?.items.find(({ name }) => name === provider);
  return known ? <Glyph icon={known.icon} size={14} /> : null;
}
