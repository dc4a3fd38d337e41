export const sloFilters = ["team", "service", "repository"] as const;
