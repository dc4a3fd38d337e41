import { Cockpit } from "@/app/(dashboard)/_cockpit/cockpit";

export default function CockpitPage() {
  return <Cockpit />;
}
