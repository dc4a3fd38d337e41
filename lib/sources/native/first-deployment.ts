/** A deployment to try, as Pushline's own events have it. */
export const firstDeployment = {
  type: "deployment",
  id: "first",
  service: "checkout",
  environment: "production",
  revision: "0123456789abcdef0123456789abcdef01234567",
  version: "1.0.0",
  status: "succeeded",
};
