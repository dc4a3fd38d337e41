import type { Fault } from "@/scripts/faults/fault";
import { setUp } from "@/scripts/faults/first-admin";

const tries = 100;

export const setUpRace: Fault = {
  row: 34,
  load: `${tries} first-run set-ups at once with the token, ${tries} without`,
  async run(instance) {
    const token = new URL(instance.setUpAddress).hash.slice(1);
    const all = Array.from({ length: tries }, (_, n) => n);
    const without = await Promise.all(
      all.map((n) => setUp(instance, `${"A".repeat(20)}${n}`, `none-${n}`)),
    );
    const withToken = await Promise.all(all.map((n) => setUp(instance, token, `first-${n}`)));
    const made = withToken.filter((status) => status === 201).length;
    const { items } = await instance.manage<{ items: { role: string }[] }>("GET", "/api/v1/people");
    const admins = items.filter(({ role }) => role === "admin").length;
    const others = [...new Set(withToken.filter((status) => status !== 201))].join(" ");
    return {
      figure: `${made} of ${tries} made one (others ${others}), ${admins} admin there, ${without.filter((status) => status === 201).length} without token`,
      pass: made === 1 && admins === 1 && items.length === 1 && !without.includes(201),
    };
  },
};
