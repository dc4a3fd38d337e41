import { describe, expect, it } from "vitest";
import { publicId } from "@/lib/facts/keys";
import { saveAssessment } from "@/lib/facts/save-assessment";
import { alert, clock, deploy, native, sha, word } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { incidentOfFirstAlert } from "@/lib/projection/testing-history";

const database = projectionDatabase();
const { told, deployment } = database;
const shop = "acme/checkout";

describe("an incident", () => {
  it("is there although its alert had ended before it was told", async () => {
    await told(alert("HighErrorRate", "checkout", "1 10:20", "1 11:00"));
    const [incident] = await database.db.selectFrom("incidents").selectAll().execute();
    expect(incident).toMatchObject({
      id: incidentOfFirstAlert,
      service: "checkout",
      opened_at: new Date(clock("1 10:20")),
      resolved_at: new Date(clock("1 11:00")),
    });
    const [row] = await database.db.selectFrom("alerts").select("incident_id").execute();
    expect(row?.incident_id).toBe(incidentOfFirstAlert);
  });

  it("takes an earlier alert in and still answers to its old id", async () => {
    await told(alert("HighErrorRate", "checkout", "1 10:20"));
    await told(alert("SlowRequests", "checkout", "1 10:15"));
    const incidents = await database.db.selectFrom("incidents").selectAll().execute();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.members).toContain(incidentOfFirstAlert);
  });

  it("fails the deployment that a person blames, at once, and no more when the word is undone", async () => {
    const id = publicId("deployment", "github/2");
    const verdict = (at: string, confirmed: boolean) =>
      word(at, {
        type: "verdict",
        incident: incidentOfFirstAlert,
        verdict: confirmed ? "confirmed" : null,
        changes: confirmed ? [{ kind: "deployment", id }] : [],
        rejected: [],
        note: null,
      });
    await told(
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      ...deploy(shop, 2, "c2", ["1 10:00", "1 10:01", "1 10:10"]),
      alert("HighErrorRate", "checkout", "1 10:20", "1 11:00"),
    );
    expect(await deployment("github", "2")).toMatchObject({ failed: false });
    await told(verdict("2 09:00", true));
    expect(await deployment("github", "2")).toMatchObject({
      failed: true,
      failure_reason: "confirmed",
      failure_incident: incidentOfFirstAlert,
      recovery_seconds: 3_000,
    });
    await told(verdict("2 10:00", false));
    expect(await deployment("github", "2")).toMatchObject({ failed: false, failure_reason: null });
  });

  it.each(["before", "after"])(
    "of one service fails the deployment of another that it declares as its cause, told %s it",
    async (when) => {
      const cause = native("1 09:05", {
        type: "deployment",
        id: "n7",
        service: "web",
        environment: "production",
        revision: sha("w1"),
        status: "succeeded",
        startedAt: clock("1 09:00"),
        finishedAt: clock("1 09:05"),
      });
      const incident = native("1 09:30", {
        type: "incident",
        id: "i7",
        service: "checkout",
        environment: "production",
        title: "No totals",
        openedAt: clock("1 09:20"),
        cause: "n7",
      });
      for (const delivery of when === "before" ? [cause, incident] : [incident, cause])
        await told(delivery);
      expect(await deployment("pipeline", "n7")).toMatchObject({
        failed: true,
        failure_reason: "declared_cause",
        failure_incident: publicId("incident", "pipeline/i7"),
      });
    },
  );

  it("fails what the latest assessment holds likely enough, and no more what an earlier one did", async () => {
    const judged = async (occasion: string, minute: string, suspect: string) => {
      const id = publicId("deployment", suspect);
      const assessment = {
        incident_id: incidentOfFirstAlert,
        occasion,
        assessed_at: new Date(clock(minute)),
        model: "test",
        suspects: JSON.stringify([{ kind: "deployment", id, probability: 0.9 }]),
      };
      await database.db.transaction().execute((trx) => saveAssessment(trx, assessment, 0.8));
      await told();
    };
    await told(
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      ...deploy(shop, 2, "c2", ["1 10:00", "1 10:01", "1 10:10"]),
      ...deploy("acme/ledger", 3, "l0", ["1 10:00", "1 10:01", "1 10:05"]),
      alert("HighErrorRate", "checkout", "1 10:20"),
    );
    await judged("opened", "1 10:21", "github/2");
    expect(await deployment("github", "2")).toMatchObject({
      failed: true,
      failure_reason: "matched",
    });
    await judged("after_5_minutes", "1 10:26", "github/3");
    expect(await deployment("github", "2")).toMatchObject({ failed: false });
    expect(await deployment("github", "3")).toMatchObject({ failed: true });
    await database.db.deleteFrom("assessments").execute();
  });
});
