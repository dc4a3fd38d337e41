import type { ReactNode } from "react";
import { TrendsNavigation } from "./trends-navigation";

export default function TrendsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <TrendsNavigation />
      {children}
    </>
  );
}
