import { outside } from "@/lib/auth/access/tellings";
import type { World } from "@/lib/auth/access/world";
import { changeMember } from "@/lib/auth/change-member";
import { changePerson, endSessionsOf, removePerson } from "@/lib/auth/change-person";
import { invite, withdrawInvitation } from "@/lib/auth/invite";
import type { Context } from "@/lib/context";
import { checkEngine } from "@/lib/engines/check-engine";
import { setCorrection } from "@/lib/facts/set-correction";
import { setCause } from "@/lib/incidents/set-cause";
import { replayDelivery } from "@/lib/ingest/replay-delivery";
import { addSource } from "@/lib/settings/add-source";
import { changeSource } from "@/lib/settings/change-source";
import { makeToken } from "@/lib/settings/make-token";
import { previewRule } from "@/lib/settings/preview-rule";
import { removeEngine } from "@/lib/settings/remove-engine";
import { removeServiceRule } from "@/lib/settings/remove-service-rule";
import { removeSource } from "@/lib/settings/remove-source";
import { removeTeam } from "@/lib/settings/remove-team";
import { revokeToken } from "@/lib/settings/revoke-token";
import { finishSourceRotation, rotateSource } from "@/lib/settings/rotate-source";
import { rotateToken } from "@/lib/settings/rotate-token";
import { saveEngine } from "@/lib/settings/save-engine";
import { saveServiceRule } from "@/lib/settings/save-service-rule";
import { saveTeam } from "@/lib/settings/save-team";
import { testSource } from "@/lib/settings/test-source";

type Verb = (context: Context) => Promise<unknown>;

const rule = { repository: "acme/atlas", team: "alpha", dependsOn: [], paths: [], deployments: [] };

/**
 * The verb of each operation that changes something and asks for more than to be
 * somebody, called as a page or a script would: past the route that guards it.
 */
export function verbsOf({ ids, person }: World): Record<string, Verb> {
  return {
    setCorrection: (context) =>
      setCorrection(context, ids.deployment, { kind: null, failed: null, note: "as it was" }),
    setCause: (context) =>
      setCause(context, ids.incident, { verdict: null, changes: [], rejected: [], note: null }),
    replayDelivery: (context) => replayDelivery(context, ids.delivery),
    addSource: (context) => addSource(context, { name: "new", provider: "github" }),
    changeSource: (context) => changeSource(context, "atlas-hook", {}),
    rotateSource: (context) => rotateSource(context, "atlas-hook", {}),
    finishSourceRotation: (context) => finishSourceRotation(context, "atlas-hook"),
    testSource: (context) => testSource(context, "atlas-hook"),
    removeSource: (context) => removeSource(context, "atlas-hook"),
    makeToken: (context) =>
      makeToken(context, { name: "new", scopes: ["read"], reach: null, expiresAt: null }),
    rotateToken: (context) => rotateToken(context, "atlasToken", { hours: 0 }),
    revokeToken: (context) => revokeToken(context, "atlasToken"),
    saveTeam: (context) => saveTeam(context, "gamma", { timezone: "UTC" }),
    removeTeam: (context) => removeTeam(context, "gamma"),
    previewServiceRule: (context) => previewRule(context, { name: "atlas", ...rule }),
    saveServiceRule: (context) => saveServiceRule(context, "atlas", rule),
    removeServiceRule: (context) => removeServiceRule(context, "atlas"),
    saveEngine: (context) => saveEngine(context, "new", { url: "http://127.0.0.1:1/" }),
    checkEngine: (context) => checkEngine(context, outside.engine),
    removeEngine: (context) => removeEngine(context, outside.engine),
    changePerson: (context) => changePerson(context, person, { role: "admin" }),
    removePerson: (context) => removePerson(context, person),
    endSessionsOf: (context) => endSessionsOf(context, person),
    changeMember: (context) => changeMember(context, { team: "alpha", person, role: "admin" }),
    invite: (context) =>
      invite(context, { note: "", role: "admin", teams: {} }, "http://127.0.0.1"),
    withdrawInvitation: (context) => withdrawInvitation(context, "nobody"),
  };
}
