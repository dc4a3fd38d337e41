import type { Metadata } from "next";
import { readAddress, type SearchParameters } from "@/app/_server/address";
import { Preloaded } from "@/app/_server/preloaded";
import { requestNow } from "@/app/_server/request-now";
import { readMonth } from "./month";
import { reportQuestions } from "./questions";
import { Report } from "./report";

export const metadata: Metadata = { title: "Monthly report" };

export default async function ReportPage({ searchParams }: { searchParams: SearchParameters }) {
  const { timezone, value } = await readAddress(searchParams, "-28d");
  const month = readMonth(value("month"), new Date(requestNow()), timezone);
  return (
    <Preloaded questions={Object.values(reportQuestions(month, value("team"), timezone))}>
      <Report />
    </Preloaded>
  );
}
