import { expect, it } from "vitest";
import { readArtifact } from "@/lib/sources/cdevents/purl";

const digest = "sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427";

it.each([
  [
    `pkg:oci/myapp@${encodeURIComponent(digest)}`,
    { artifact: digest, name: "myapp", version: null, revision: null, repository: null },
  ],
  [
    "pkg:golang/mygit.com/myorg/myapp@234fd47e07d1004f0aed9c",
    { name: "myapp", version: "234fd47e07d1004f0aed9c", revision: "234fd47e07d1004f0aed9c" },
  ],
  [
    "pkg:npm/%40acme/shop@1.2.3?vcs_url=git%2Bhttps%3A%2F%2Fgithub.com%2Facme%2Fshop.git%40387aa161993865",
    { name: "shop", version: "1.2.3", revision: "387aa161993865", repository: "acme/shop" },
  ],
  ["pkg:npm/shop", { artifact: "pkg:npm/shop", name: "shop", version: null }],
  ["shop:1.2.3", { artifact: "shop:1.2.3", name: null, version: null }],
  ["pkg:oci/%zz@%zz", { name: "%zz", version: "%zz" }],
])("%s", (id, expected) => {
  expect(readArtifact(id)).toMatchObject(expected);
});
