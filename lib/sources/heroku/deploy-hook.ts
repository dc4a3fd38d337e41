import type { Statement } from "@/lib/facts/types";
import { environmentOfApp } from "@/lib/sources/heroku/environment";
import { releaseKey } from "@/lib/sources/heroku/release";
import { decodeText, identifier, name, need, revision, text } from "@/lib/sources/payload";
import { named } from "@/lib/sources/time";

/**
 * The old deploy hook add-on: a form, unsigned and without a time, sent when a
 * deployment succeeded.
 */
export function readDeployHook(source: string, body: Uint8Array, receivedAt: Date): Statement[] {
  const form = new URLSearchParams(decodeText(body));
  const said = (member: string) => form.get(member);
  const app = need(name(said("app")), said("app"), "app", "the app's name");
  const version = need(name(said("release")), said("release"), "release", "the release");
  const when = named([], receivedAt);
  return [
    {
      noun: "deployment",
      key: releaseKey(source, identifier(said("app_uuid")) ?? app, version),
      ...when,
      members: {
        name: app,
        service: app,
        environment: environmentOfApp(app),
        revision: revision(said("head_long")) ?? revision(said("head")),
        version,
        author: name(said("user")),
        description: text(said("git_log")?.trim()),
        url: text(said("url")),
        status: "succeeded",
        finishedAt: when.asOf,
      },
    },
  ];
}
