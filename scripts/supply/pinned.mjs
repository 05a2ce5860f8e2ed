import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/** The files that name images. Each image stands in one of them only, at the line that `IMAGE_LINE` finds. */
export const IMAGE_FILES = ['docker-compose.yml', 'Dockerfile'];
const IMAGE_LINE = /^( {4}image: |FROM )([\w./-]+):([\w.-]+)(@sha256:[0-9a-f]{64})?(?=\s|$)/gm;

/** @typedef {{ name: string, tag: string, digest: string | null }} PinnedImage */
/** @typedef {{ version?: string, integrity?: string, link?: boolean, dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, peerDependencies?: Record<string, string> }} Locked */

/**
 * The npm packages that a package.json of this repository names, with the version of the lock file. Of all others the
 * lock file has the version and the checksum, and `npm audit` the judgement.
 *
 * @param {string} [root]
 * @returns {Map<string, string>}
 */
export function pinnedPackages(root = ROOT) {
  /** @type {Record<string, Locked>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [folder, entry] of Object.entries(packages)) {
    if (folder.includes('node_modules/')) continue;
    const named = {
      ...entry.dependencies,
      ...entry.devDependencies,
      ...entry.optionalDependencies,
      ...entry.peerDependencies,
    };
    for (const [name, range] of Object.entries(named)) {
      const { version, link } =
        packages[`${folder}/node_modules/${name}`] ?? packages[`node_modules/${name}`] ?? {};
      if (version === undefined || link === true) continue;
      found.set(/^npm:(.+)@/.exec(range)?.[1] ?? name, version);
    }
  }
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
}

/**
 * The images that this repository does not build.
 *
 * @param {string} text The text of a compose file or a Dockerfile.
 * @returns {PinnedImage[]}
 */
export function pinnedImages(text) {
  const found = [...text.matchAll(IMAGE_LINE)].map(([, , name = '', tag = '', digest]) => ({
    name,
    tag,
    digest: digest?.slice(1) ?? null,
  }));
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

/**
 * The text with another tag and digest for each image that the map names.
 *
 * @param {string} text
 * @param {ReadonlyMap<string, { tag: string, digest: string }>} pins
 * @returns {string}
 */
export function withPins(text, pins) {
  return text.replaceAll(IMAGE_LINE, (line, before, name) => {
    const pin = pins.get(name);
    return pin === undefined ? line : `${before}${name}:${pin.tag}@${pin.digest}`;
  });
}
