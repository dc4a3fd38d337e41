import { Pill } from "@/app/_ui/pill";

/** Marks what comes from the file, where alone it can be changed. */
export function Provisioned() {
  return (
    <Pill title="It is read from pushline.yaml: change it there, and start again.">
      from pushline.yaml
    </Pill>
  );
}
