/** As the API names them; `at` comes with a copied link, and is the moment as of which they stood. */
export const sloFilters = ["team", "service", "repository", "at"] as const;
