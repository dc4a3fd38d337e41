import { bearer } from "@/app/testing/send";
import { expect, expectAccessible, loaded, ready, test } from "@/app/testing/visit";
import {
  clientId,
  clientSecret,
  type Issuer,
  startIssuer,
} from "@/lib/auth/sign-in/providers/testing/issuer";
import { Instance, token } from "@/lib/http/testing/instance";

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);
test.use({ storageState: { cookies: [], origins: [] } });

const olga = { sub: "olga-7", claims: { name: "Olga Operator", email: "olga@example.com" } };

let issuer: Issuer;
let own: Instance;

test.beforeAll(async () => {
  own = await Instance.create({
    configuration: async (url) => {
      issuer = await startIssuer([`${url}/api/v1/sign-in/acme/callback`]);
      return configurationOf(issuer.address);
    },
  });
  await own.start();
  await own.signIn();
});
test.afterAll(async () => {
  await own.remove();
  await issuer.close();
});

test("whoever was not invited is told so, and how to get in", async ({ page }) => {
  issuer.account = { sub: "stranger", claims: { name: "Stranger" } };
  await page.goto(`${own.url}/sign-in`);
  await ready(page);
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page).toHaveURL(/\/sign-in\?problem=not_invited/);
  // Beside it there is the one by which Next tells a screen reader of a new page.
  await expect(page.getByRole("alert").filter({ hasText: "invitation" })).toBeVisible();
  await expectAccessible(page);
});

test("an invitation is accepted with a provider's account, which signs in from then on", async ({
  page,
}) => {
  issuer.account = olga;
  await page.goto(await invite());
  await ready(page);
  await page.getByRole("button", { name: "Accept with Acme" }).click();
  await expect(page.getByRole("button", { name: "You: Olga Operator" })).toBeVisible();
  await loaded(page);

  await page.getByRole("button", { name: "You: Olga Operator" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${own.url}/sign-in`);
  await ready(page);
  await page.goto(`${own.url}/trends`);
  await ready(page);
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page).toHaveURL(`${own.url}/trends`);
  await expect(page.getByRole("button", { name: "You: Olga Operator" })).toBeVisible();
});

async function invite(): Promise<string> {
  const response = await fetch(`${own.url}/api/v1/invitations`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify({ note: "Olga", role: "viewer", teams: {} }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { address: string }).address;
}

function configurationOf(address: string): string {
  return `
tokens:
  - { name: pipeline, token: "${token}", scopes: [admin] }
signIn:
  providers:
    - name: acme
      title: Acme
      kind: oidc
      issuer: "${address}"
      clientId: "${clientId}"
      clientSecret: "${clientSecret}"
`;
}
