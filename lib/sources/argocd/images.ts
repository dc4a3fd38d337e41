import { list, name, type Payload, part, revision, text } from "@/lib/sources/payload";

interface Image {
  /** The digest where there is one, else the whole reference. */
  artifact: string | null;
  version: string | null;
  /** Where the tag is, or ends in, the commit that the image was built from. */
  revision: string | null;
}

const none: Image = { artifact: null, version: null, revision: null };

/**
 * The image that the application runs: the one named like the application, else its
 * only one. Two tags of one image are a rollout halfway, of which none is it; and
 * `latest` names no version.
 */
export function imageOf(status: Payload, application: string): Image {
  const images = list(part(status.summary).images).flatMap((image) => readImage(image) ?? []);
  const own = images.filter(({ title }) => title === application);
  const candidates = own.length > 0 ? own : images;
  const [image, ...others] = candidates;
  if (!image || others.length > 0) return none;
  const { reference, tag, digest } = image;
  if (digest === null && (tag === null || tag === "latest")) return none;
  return {
    artifact: digest ?? reference,
    version: tag === "latest" ? null : tag,
    revision: revision(/(?:^|[-_.])([0-9a-f]{40})$/.exec(tag ?? "")?.[1]),
  };
}

/** `registry:port/path/title:tag@sha256:…`. */
function readImage(value: unknown) {
  const reference = text(value, 1000);
  if (reference === null) return null;
  const [path = "", digest] = reference.split("@");
  const [, title, tag] = /([^/:]+)(?::([^/:]+))?$/.exec(path) ?? [];
  return { reference, title, tag: name(tag), digest: name(digest) };
}
