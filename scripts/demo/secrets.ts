/**
 * What the demo signs and authenticates with. Fixed and public: fit for an
 * instance on this machine's loopback address, and for nothing else.
 */
export const demoSecrets = {
  github: "demo-only-github-secret-not-for-real-use",
  alerts: "demo-only-alerts-token-not-for-real-use",
  token: "demo-only-pipeline-token-not-for-real-use",
};
