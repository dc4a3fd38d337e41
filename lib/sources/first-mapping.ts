/** What a tool may send, to try a mapping on. */
export const firstDelivery = {
  event: "rollout.finished",
  app: "checkout",
  stage: "production",
  number: 1,
  commit: "0123456789abcdef0123456789abcdef01234567",
  result: "OK",
};

/** Rules for that: what the steps show, and what an empty mapping begins with. */
export const firstRules = `- when: "event = 'rollout.finished'"
  fact:
    type: deployment
    id: number
    service: app
    environment: stage
    revision: commit
    status: "result = 'OK' ? 'succeeded' : 'failed'"
`;
