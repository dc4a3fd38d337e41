import Link from "next/link";
import { Card } from "@/app/_ui/card";
import { PageHead } from "@/app/_ui/page-head";

export default function NotFound() {
  return (
    <>
      <PageHead title="There is no such page" />
      <Card>
        <p>
          The address may be mistyped, or what it led to is gone.{" "}
          <Link href="/" className="font-semibold text-accent underline underline-offset-3">
            To the cockpit
          </Link>
        </p>
      </Card>
    </>
  );
}
