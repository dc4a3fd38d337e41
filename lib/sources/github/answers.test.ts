import { describe, expect, it } from "vitest";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readEvent } from "@/lib/sources/testing/github";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const repository = { full_name: "acme/shop" };
const revision = "f".repeat(40);
const deployment = {
  id: 9,
  sha: revision,
  ref: "main",
  task: "deploy",
  environment: "production",
  created_at: "2026-01-01T10:00:00Z",
};
const status = { id: 90, state: "success", created_at: "2026-01-01T10:05:00Z" };

describe("api.deployment", () => {
  const asked = (more: object = {}) =>
    statementsOf(
      readEvent("api.deployment", { repository, deployment, statuses: [status], ...more }),
    );

  it("says what its webhooks say, so that both are one", () => {
    const told = [
      ...statementsOf(readEvent("deployment", { repository, deployment })),
      ...statementsOf(
        readEvent("deployment_status", { repository, deployment, deployment_status: status }),
      ),
    ];
    const unnamed = told.map((statement) => ({
      ...statement,
      members: { ...statement.members, name: undefined },
    }));
    expect(asked()).toEqual(unnamed);
  });

  it("takes nothing from the workflow's name that a webhook knows, whichever is heard of first", () => {
    const told = statementsOf(
      readEvent("deployment", { repository, deployment, workflow: { name: "Deploy web" } }),
    );
    for (const said of [
      [...told, ...asked()],
      [...asked(), ...told],
    ])
      expect(factOf("deployment", said)?.members.name).toBe("Deploy web");
    const named = asked({ workflow_run: { name: "Deploy web" } });
    expect(factOf("deployment", named)?.members.name).toBe("Deploy web");
  });

  it("reads over a status that ended an older one", () => {
    const inactive = { ...status, id: 91, state: "inactive" };
    expect(asked({ statuses: [inactive, status] })).toHaveLength(2);
  });
});

describe("api.commit", () => {
  const commit = {
    sha: revision,
    html_url: "https://github.com/acme/shop/commit/f",
    author: null,
    commit: {
      author: { name: "Ana", date: "2026-01-01T10:00:00Z" },
      committer: { name: "GitHub", date: "2026-01-02T10:00:00Z" },
      message: "one",
    },
    parents: [{ sha: "a".repeat(40) }],
  };
  const read = (more: object = {}) =>
    statementsOf(readEvent("api.commit", { repository, commit: { ...commit, ...more } }))[0];

  it("knows parents, both dates and the author's name where it has no account", () => {
    expect(read()).toEqual({
      noun: "commit",
      key: `acme/shop@${revision}`,
      asOf: "2026-01-02T10:00:00.000Z",
      members: {
        repository: "acme/shop",
        revision,
        parents: ["a".repeat(40)],
        authoredAt: "2026-01-01T10:00:00.000Z",
        committedAt: "2026-01-02T10:00:00.000Z",
        author: "Ana",
        message: "one",
        url: "https://github.com/acme/shop/commit/f",
      },
    });
  });

  it("knows both names of a renamed file, and nothing by a list that may be cut", () => {
    const files = [{ filename: "b.ts", previous_filename: "a.ts" }, { filename: "b.ts" }];
    expect(read({ files })?.members).toMatchObject({ paths: ["a.ts", "b.ts"] });
    const many = Array.from({ length: 300 }, (_, index) => ({ filename: `${index}.ts` }));
    expect(read({ files: many })?.members).not.toHaveProperty("paths");
  });
});

describe("api.pull_request", () => {
  it("of a list takes no size away that a webhook told", () => {
    const { pull_request } = jsonOf("github", "pull_request.closed-merged.1.json");
    const told = statementsOf(readEvent("pull_request", { repository, pull_request }));
    const { additions: _, deletions: __, ...listed } = pull_request;
    const later = { ...listed, updated_at: "2026-01-01T10:00:00Z" };
    const asked = statementsOf(readEvent("api.pull_request", { repository, pull_request: later }));
    expect(factOf("pull_request", [...told, ...asked])?.members.additions).toBe(110);
  });
});

describe("api.workflow_run", () => {
  const run = {
    id: 1,
    run_attempt: 1,
    name: "CI",
    head_sha: revision,
    status: "completed",
    conclusion: "success",
    created_at: "2026-01-01T10:00:00Z",
    updated_at: "2026-03-01T10:00:00Z",
  };
  const job = {
    run_id: 1,
    run_attempt: 1,
    name: "test",
    head_sha: revision,
    status: "completed",
    conclusion: "success",
    created_at: "2026-01-01T10:00:00Z",
    started_at: "2026-01-01T10:01:00Z",
    completed_at: "2026-01-01T10:09:00Z",
  };
  const finish = (jobs: object[]) =>
    factOf(
      "build",
      statementsOf(
        readEvent("api.workflow_run", { repository, attempts: [{ workflow_run: run, jobs }] }),
      ),
    )?.members.finishedAt;

  it("ends with its last job, not with its last change months later", () => {
    const later = { ...job, name: "deploy", completed_at: "2026-01-01T10:20:00Z" };
    expect(finish([job, later])).toBe("2026-01-01T10:20:00.000Z");
  });

  it("ends with its last change where its jobs are gone", () => {
    expect(finish([])).toBe("2026-03-01T10:00:00.000Z");
  });
});

describe("api.release", () => {
  const release = {
    tag_name: "v1",
    target_commitish: "main",
    published_at: "2026-01-01T10:00:00Z",
  };
  it("is of its tag's commit; a draft releases nothing", () => {
    const read = (more: object) => readEvent("api.release", { repository, ...more });
    const [statement] = statementsOf(read({ release, commit: { sha: revision } }));
    expect(statement).toMatchObject({
      key: "github/acme/shop@v1",
      members: { revision, at: "2026-01-01T10:00:00.000Z" },
    });
    expect(read({ release: { ...release, published_at: null } }).outcome).toBe("ignored");
  });
});
