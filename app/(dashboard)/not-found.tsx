import Link from "next/link";
import { Empty } from "@/app/_ui/states";

export default function NotFound() {
  return (
    <Empty title="There is no such page">
      <Link href="/" className="font-semibold text-accent underline underline-offset-3">
        To the cockpit
      </Link>
    </Empty>
  );
}
