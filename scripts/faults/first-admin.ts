import type { Instance } from "@/scripts/faults/instance";

const password = "correct horse battery staple";

/** One try to set the instance up; answers the status. */
export async function setUp(instance: Instance, token: string, name: string): Promise<number> {
  const { status, text } = await instance.ask("/api/v1/set-up", {
    method: "POST",
    headers: { "content-type": "application/json", origin: instance.url },
    body: JSON.stringify({ token, name, email: `${name}@example.com`, password }),
  });
  if (status === 201) instance.adminEmail = JSON.parse(text).person.email;
  return status;
}

/** The e-mail address of the first admin, who is made where no row before did. */
export async function adminEmail(instance: Instance): Promise<string> {
  if (instance.adminEmail === null)
    await setUp(instance, new URL(instance.setUpAddress).hash.slice(1), "first");
  return instance.adminEmail ?? "";
}

/** Answers the status; `from` is the address that a proxy says it comes from. */
export async function signIn(
  instance: Instance,
  email: string,
  { guess, from }: { guess: string; from: string },
): Promise<number> {
  const { status } = await instance.ask("/api/v1/sign-in", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: instance.url,
      "x-forwarded-for": from,
    },
    body: JSON.stringify({ email, password: guess }),
  });
  return status;
}
