import type { Sample } from "@/lib/auth/testing-access/samples";
import { outside } from "@/lib/auth/testing-access/tellings";

const rule = {
  repository: "acme/atlas",
  team: "alpha",
  dependsOn: [],
  paths: [],
  deployments: [],
};
const nobody = { name: "nobody" };
const source = { name: "atlas-hook" };
const goal = { id: "file:alpha:lead_time" };
const engine = { name: outside.engine };

/** 404 what is not there, 409 what comes from pushline.yaml and is read-only. */
export function settingsSamples(): Record<string, Sample> {
  return {
    listAudit: { access: "admin" },
    listProviders: { access: "admin" },
    findProviderGuide: { access: "admin", parameters: { name: "github" } },
    listSources: { access: "admin" },
    addSource: {
      access: "admin",
      body: { name: "atlas-hook", provider: "github", secret: "taken" },
      answers: 409,
    },
    changeSource: { access: "admin", parameters: source, body: {}, answers: 409 },
    rotateSource: { access: "admin", parameters: source, body: {}, answers: 409 },
    finishSourceRotation: { access: "admin", parameters: source, answers: 409 },
    readSourceHealth: { access: "admin", parameters: source },
    testSource: { access: "admin", parameters: nobody, answers: 404 },
    readSourceReplay: { access: "admin", parameters: source },
    replaySource: { access: "admin", parameters: nobody, answers: 404 },
    previewSourceReplay: { access: "admin", parameters: source, body: {} },
    readSourceMapping: { access: "admin", parameters: nobody, answers: 404 },
    saveSourceMapping: {
      access: "admin",
      parameters: nobody,
      body: { mapping: "" },
      answers: 404,
    },
    previewMapping: {
      access: "admin",
      parameters: nobody,
      body: { mapping: "", delivery: "1" },
      answers: 404,
    },
    removeSource: { access: "admin", parameters: nobody, answers: 404 },
    listBackfills: { access: "admin" },
    startBackfill: {
      access: "admin",
      body: { repository: "acme/atlas", source: "nobody" },
      answers: 400,
    },
    changeBackfill: {
      access: "admin",
      parameters: { id: "nothing" },
      body: { state: "paused" },
      answers: 404,
    },
    listTokens: { access: "manage" },
    makeToken: {
      access: "tokens",
      body: {
        name: "atlasToken",
        scopes: ["read"],
        reach: { kind: "service", name: "atlas" },
      },
      answers: 409,
    },
    rotateToken: { access: "tokens", parameters: { id: "atlasToken" }, body: { hours: 0 } },
    revokeToken: { access: "tokens", parameters: { id: "file:serviceToken" }, answers: 409 },
    saveTeam: {
      access: "admin",
      parameters: { name: "gamma" },
      body: { timezone: "UTC" },
    },
    removeTeam: { access: "admin", parameters: nobody, answers: 404 },
    listGoals: { access: "list" },
    addGoal: {
      access: "member",
      body: { team: "alpha", metric: "lead_time", target: 3_600, by: "2027-03-31" },
      answers: 409,
    },
    changeGoal: {
      access: "member",
      parameters: goal,
      body: { target: 3_600, by: "2027-03-31" },
      answers: 409,
    },
    removeGoal: { access: "member", parameters: goal, answers: 409 },
    listServiceRules: { access: "list" },
    previewServiceRule: { access: "rules", body: { name: "atlas", ...rule }, answers: 409 },
    saveServiceRule: {
      access: "rules",
      parameters: { name: "atlas" },
      body: rule,
      answers: 409,
    },
    removeServiceRule: { access: "rules", parameters: { name: "atlas" }, answers: 409 },
    listObjectives: { access: "list" },
    saveObjective: {
      access: "tokens",
      parameters: { id: "deployment_duration:service:atlas" },
      body: { thresholdSeconds: 60, target: 0.9, windowDays: 28 },
    },
    removeObjective: {
      access: "tokens",
      parameters: { id: "rollback_duration:service:atlas" },
      answers: 404,
    },
    listEngines: { access: "list" },
    saveEngine: {
      access: "admin",
      parameters: engine,
      body: { url: "http://127.0.0.1:1/" },
      answers: 409,
    },
    checkEngine: { access: "admin", parameters: nobody, answers: 404 },
    removeEngine: { access: "admin", parameters: engine, answers: 409 },
  };
}
