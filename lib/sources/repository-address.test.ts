import { expect, it } from "vitest";
import { repositoryAt } from "@/lib/sources/repository-address";

it.each([
  ["git@gitlab.com:acme/checkout.git", "acme/checkout"],
  ["git@host:/acme/group/checkout.git", "acme/group/checkout"],
  ["ssh://git@host:7999/acme/checkout.git", "acme/checkout"],
  ["https://host/acme/checkout", "acme/checkout"],
  ["https://user@host/acme/checkout.git/", "acme/checkout"],
  ["http://host:7990/scm/sbox/sandbox.git", "sbox/sandbox"],
  ["https://ana@dev.azure.com/acme/shop/_git/checkout", "shop/checkout"],
  ["https://tfs.example/tfs/DefaultCollection/shop/_git/checkout", "shop/checkout"],
  ["git@ssh.dev.azure.com:v3/acme/shop/checkout", "shop/checkout"],
  ["https://host/", null],
  ["checkout", null],
  ["", null],
  [null, null],
  [{}, null],
])("%s is the repository %s", (address, expected) => {
  expect(repositoryAt(address)).toBe(expected);
});
