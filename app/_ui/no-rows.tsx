import { Empty } from "@/app/_ui/states";

/** An empty list of a time range says whether filters stand in the way. */
export function NoRows({ title, filtered }: { title: string; filtered: boolean }) {
  return (
    <Empty title={title}>
      {filtered ? "None in this time range with these filters." : "None in this time range."}
    </Empty>
  );
}
