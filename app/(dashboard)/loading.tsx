import { Skeleton } from "@/app/_ui/states";

export default function Loading() {
  return <Skeleton lines={12} />;
}
