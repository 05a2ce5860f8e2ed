type Lock = { packages: Record<string, { version?: string }> };

/** Packages that two lock files name in different versions, one line each: `ws 8.1.0, installed 8.2.0`. */
export function differingVersions(wanted: Lock, installed: Lock): string[] {
  return Object.entries(wanted.packages).flatMap(([path, { version }]) => {
    if (!path.startsWith('node_modules/') || version === undefined) return [];
    const here = installed.packages[path]?.version;
    if (here === version) return [];
    return `${path.slice('node_modules/'.length)} ${version}, ${here === undefined ? 'not installed' : `installed ${here}`}`;
  });
}
