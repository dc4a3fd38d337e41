import { seedOf } from "@/scripts/demo/random";
import { timeOf } from "@/scripts/demo/truth";
import { defaultBranch, organisation, type Person } from "@/scripts/demo/world";

/** What every payload of GitHub's holds: the repository, the organisation, the person. */
export const api = "https://api.github.com";
export const site = "https://github.com";
export const seconds = (at: number) => `${timeOf(at).slice(0, 19)}Z`;

export const repositoryId = (name: string) => seedOf("repository", name);
export const mailOf = (person: Person) => `${person.login}@${organisation}.example`;

export function repositoryBody(fullName: string, at: number) {
  const name = fullName.split("/")[1] ?? fullName;
  return {
    id: repositoryId(fullName),
    name,
    full_name: fullName,
    private: true,
    owner: organizationOwner(),
    html_url: `${site}/${fullName}`,
    description: null,
    fork: false,
    url: `${api}/repos/${fullName}`,
    created_at: "2021-03-01T09:00:00Z",
    updated_at: seconds(at),
    pushed_at: seconds(at),
    homepage: null,
    language: "TypeScript",
    archived: false,
    disabled: false,
    visibility: "private",
    default_branch: defaultBranch,
  } as Record<string, unknown>;
}

export const organizationBody = () => ({
  login: organisation,
  id: seedOf("organization", organisation),
  url: `${api}/orgs/${organisation}`,
  description: "",
});

const organizationOwner = () => ({
  login: organisation,
  id: seedOf("organization", organisation),
  type: "Organization",
  html_url: `${site}/${organisation}`,
  site_admin: false,
});

export function userBody(person: Person) {
  return {
    login: person.login,
    id: seedOf("user", person.login),
    url: `${api}/users/${person.login}`,
    html_url: `${site}/${person.login}`,
    type: "User",
    site_admin: false,
  };
}
