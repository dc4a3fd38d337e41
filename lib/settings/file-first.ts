type Named = { name: string };

/** What pushline.yaml names of the settings in force, and what is stored under other names. */
export function fileFirst<Written extends Named, Row extends Named>(
  ofFile: readonly string[],
  inForce: readonly Written[],
  stored: readonly Row[],
): { inFile: Written[]; besideIt: Row[] } {
  const isOfFile = ({ name }: Named) => ofFile.includes(name);
  return {
    inFile: inForce.filter(isOfFile),
    besideIt: stored.filter((row) => !isOfFile(row)),
  };
}
