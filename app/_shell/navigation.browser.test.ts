import { expect, loaded, test } from "@/app/testing/visit";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone the row of pages begins at the current one and fades where it goes on", async ({
  page,
  url,
}) => {
  await page.goto(url);
  await loaded(page);
  const row = page.getByRole("navigation", { name: "Pages" }).locator(".scroll-row");
  await expect(row).toHaveAttribute("data-more-after", "");
  await expect(row).not.toHaveAttribute("data-more-before");
  await page.goto(`${url}/deliveries`);
  await loaded(page);
  await expect(row.getByRole("link", { name: "Deliveries" })).toBeInViewport({ ratio: 0.95 });
  await expect(row).toHaveAttribute("data-more-before", "");
  await expect(row).not.toHaveAttribute("data-more-after");
});
