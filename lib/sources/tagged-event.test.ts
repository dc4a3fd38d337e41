import { describe, expect, it } from "vitest";
import { deploymentByTags, tagsOf } from "@/lib/sources/tagged-event";

const read = (...tags: string[]) => deploymentByTags({ source: "graphs", tags, description: null });

describe("an event is a deployment by its tags", () => {
  it.each(["deploy", "Deployment", "deployed", "event:deploy", "type=deployment", "rollback"])(
    "as %s",
    (tag) => {
      expect(read(tag)).toMatchObject({ service: "graphs", environment: "production" });
    },
  );

  it.each(["release", "alert", "deploying-later", "service:deploy", "__proto__"])(
    "and not as %s",
    (tag) => {
      expect(read(tag)).toBeNull();
    },
  );
});

it("tags with a value say the rest, after a colon or an equals sign", () => {
  const sha = "66adc9350f2cc9b250b69abddab733dd55e1a588";
  expect(
    read(
      "deploy",
      "Service:checkout",
      "env=prod-eu",
      "version:1.2",
      `git.commit.sha:${sha}`,
      "repository:acme/checkout",
      "status:failed",
      "user:ana",
    ),
  ).toMatchObject({
    service: "checkout",
    environment: "prod-eu",
    version: "1.2",
    revision: sha,
    repository: "acme/checkout",
    status: "failed",
    author: "ana",
  });
});

it("bare tags are what they look like, and the one left over is the service", () => {
  expect(read("rollback", "v2.480.2", "staging", "checkout")).toMatchObject({
    kind: "rollback",
    version: "v2.480.2",
    environment: "staging",
    service: "checkout",
  });
  expect(read("deploy", "blue", "team-a")).toMatchObject({ service: "graphs" });
});

it("a short revision is none", () => {
  expect(read("deploy", "sha:66adc93")?.revision).toBeNull();
});

it("tags come as a list or as one text", () => {
  expect(tagsOf("deploy production, checkout")).toEqual(["deploy", "production", "checkout"]);
  expect(tagsOf(["deploy", 7, null, " a "])).toEqual(["deploy", "a"]);
  expect(tagsOf(null)).toEqual([]);
});
