import type { NextConfig } from "next";

const config: NextConfig = {
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["pg", "kysely"],
  // Types are checked by npm test; nobody who starts the product should wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
