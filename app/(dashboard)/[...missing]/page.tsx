import { notFound } from "next/navigation";

/** Every other address: behind the same guard, so that nobody learns which pages there are. */
export default function MissingPage() {
  notFound();
}
