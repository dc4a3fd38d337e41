import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { refuseWeakPassword } from "@/lib/auth/passwords/password-rules";
import { hashPassword, passwordQueue, verifyPassword } from "@/lib/auth/passwords/passwords";
import { createQueue } from "@/lib/auth/passwords/queue";
import { cheapHash } from "@/lib/auth/testing";

describe("a password's hash", () => {
  it("says its parameters, differs for equal passwords, and proves the one it was made of", async () => {
    const [one, other] = await Promise.all([hashPassword("quince"), hashPassword("quince")]);
    expect(one).toMatch(/^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword("quince", one)).toBe(true);
    expect(await verifyPassword("Quince", one)).toBe(false);
  });

  it("is that of the same letters composed otherwise", async () => {
    const hash = await hashPassword("caf\u00e9 au lait");
    expect(await verifyPassword("cafe\u0301 au lait", hash)).toBe(true);
  });

  it("keeps proving under the parameters it was made with", async () => {
    const hash = cheapHash("quince");
    expect(hash).toMatch(/^scrypt\$1024\$/);
    expect(await verifyPassword("quince", hash)).toBe(true);
    expect(await verifyPassword("quinces", hash)).toBe(false);
  });

  it("is made two at a time, or one where there are but two cores; where there is none the same work is done", async () => {
    const running = availableParallelism() > 2 ? 2 : 1;
    const jobs = [
      hashPassword("one"),
      verifyPassword("two", null),
      verifyPassword("three", null),
      hashPassword("four"),
    ];
    expect([passwordQueue().running, passwordQueue().waiting]).toEqual([running, 4 - running]);
    expect((await Promise.all(jobs)).slice(1, 3)).toEqual([false, false]);
    expect([passwordQueue().running, passwordQueue().waiting]).toEqual([0, 0]);
  });
});

describe("a queue", () => {
  it("runs as many as it may, in turn, and refuses those for whom there is no place", async () => {
    const queue = createQueue({ running: 2, waiting: 1, jobs: "jobs" });
    const begun: number[] = [];
    const finish: (() => void)[] = [];
    const job = (index: number) =>
      queue.run(() => {
        begun.push(index);
        return new Promise<void>((resolve) => finish.push(resolve));
      });
    const jobs = [job(1), job(2), job(3)];
    await expect(job(4)).rejects.toMatchObject({ code: "too_many_requests" });
    expect(begun).toEqual([1, 2]);
    finish[0]?.();
    await jobs[0];
    const late = job(5);
    await expect.poll(() => begun).toEqual([1, 2, 3]);
    for (const end of [1, 2]) finish[end]?.();
    await expect.poll(() => begun).toEqual([1, 2, 3, 5]);
    finish[3]?.();
    await Promise.all([...jobs, late]);
    expect(queue.running).toBe(0);
  });

  it("hands the place of a job that failed on", async () => {
    const queue = createQueue({ running: 1, waiting: 1, jobs: "jobs" });
    const failing = queue.run(() => Promise.reject(new Error("no")));
    const next = queue.run(async () => "done");
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("done");
  });
});

describe("the rules of passwords", () => {
  const person = { name: "Grace Hopper", email: "grace.hopper@example.com" };
  const judge = (password: string) => () => refuseWeakPassword(password, person);

  it.each([
    ["under 12 characters", "Xk3!vmQ9#a"],
    ["over 200 characters", "Xk3!vmQ9#a ".repeat(19)],
    ["a common word with digits and signs", "password1234"],
    ["the same disguised", "P@ssw0rd2026!"],
    ["a common word repeated", "letmeinLetMeIn1"],
    ["a row of keys", "qwertyuiop123"],
    ["counting", "123456789012"],
    ["counting down", "210987654321"],
    ["the alphabet", "abcdefghijklm"],
    ["a few characters repeated", "aaaa1111bbbb"],
    ["one's name", "GraceHopper1906"],
    ["one's e-mail", "grace.hopper@example.com"],
    ["the e-mail's own part", "grace.hopper.1"],
  ])("refuse %s", (_what, password) => {
    expect(judge(password)).toThrow(expect.objectContaining({ code: "invalid_field" }));
  });

  it.each([
    ["a phrase", "quince marmalade"],
    ["a phrase with a common word in it", "my password is long"],
    ["random signs", "h7!Kq-2vZ.x9"],
    ["12 letters of any script", "пароль длинный"],
    ["12 characters that take two units each", "🍐🍊🍋🍌🍍🥭🍎🍏🍒🍓🫐🥝"],
  ])("take %s", (_what, password) => {
    expect(judge(password)).not.toThrow();
  });
});
