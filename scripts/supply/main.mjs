// `npm run pins`: see scripts/pins.mjs. Runs under a current Node, which goes through a proxy.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { BootstrapError, explain } from '../lib/bootstrap-error.mjs';
import { ROOT } from '../lib/paths.mjs';
import { RegistryImage } from './image-registry.mjs';
import { askNpm } from './npm-registry.mjs';
import { IMAGE_FILES, pinnedImages, pinnedPackages, withPins } from './pinned.mjs';
import { newestOfLine, readVersion } from './versions.mjs';

const AT_ONCE = 4;
/** Of Node the newest version of a major one gets the repairs, of all others the newest of a minor one. */
const FIXED_NUMBERS = new Map([['node', 1]]);

/** @typedef {import('./pin-age.mjs').Pin} Pin */

/**
 * @template T, R
 * @param {readonly T[]} all
 * @param {(each: T) => Promise<R>} work
 * @returns {Promise<R[]>} In the same order.
 */
async function severalAtOnce(all, work) {
  /** @type {R[]} */
  const results = [];
  const queue = [...all.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/**
 * @param {string} root
 * @param {string} today
 * @param {readonly Pin[]} before
 * @returns {Promise<Pin[]>}
 */
async function lookAtPackages(root, today, before) {
  return severalAtOnce([...pinnedPackages(root)], async ([name, version]) => {
    const pin = `npm:${name}`;
    try {
      return { pin, version, ...(await askNpm(name, version)), lookedOn: today };
    } catch (error) {
      return keepKnown(pin, version, before, error);
    }
  });
}

/**
 * What was known of a pin, where nobody could be asked now.
 *
 * @param {string} pin
 * @param {string} version
 * @param {readonly Pin[]} before
 * @param {unknown} error
 * @returns {Pin}
 */
function keepKnown(pin, version, before, error) {
  if (!(error instanceof BootstrapError)) throw error;
  process.stderr.write(`${pin} ${version}: ${error.message}\n`);
  process.exitCode = 1;
  const known = before.find((entry) => entry.pin === pin && entry.version === version);
  return known ?? { pin, version, released: null, newest: null, lookedOn: null };
}

/**
 * Looks at every image, and raises it to the newest version of its line.
 *
 * @param {{ root: string, today: string, before: readonly Pin[], mirror: string | undefined }} options
 * @returns {Promise<Pin[]>}
 */
async function pinImages({ root, today, before, mirror }) {
  /** @type {Map<string, { tag: string, digest: string }>} */
  const pins = new Map();
  const texts = IMAGE_FILES.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const looked = await severalAtOnce(
    texts.flatMap(({ text }) => pinnedImages(text)),
    async ({ name, tag }) => {
      const pin = `image:${name}`;
      try {
        const image = new RegistryImage(name, mirror);
        const newest = newestOfLine(tag, await image.tags(), fixedNumbers(name, tag));
        const { digest, released } = await image.resolve(newest);
        pins.set(name, { tag: newest, digest });
        if (newest !== tag) process.stdout.write(`${pin}: ${tag} became ${newest}\n`);
        return { pin, version: newest, released, newest, lookedOn: today };
      } catch (error) {
        return keepKnown(pin, tag, before, error);
      }
    },
  );
  for (const { file, text } of texts) {
    const pinned = withPins(text, pins);
    if (pinned !== text) writeFileSync(join(root, file), pinned);
  }
  return looked;
}

/**
 * @param {string} name
 * @param {string} tag
 */
function fixedNumbers(name, tag) {
  const count = Number(/\d+/.exec(readVersion(tag)?.shape ?? '')?.[0] ?? 1);
  return FIXED_NUMBERS.get(name) ?? Math.max(1, count - 1);
}

async function main() {
  const { values } = parseArgs({
    options: { 'image-registry': { type: 'string' }, root: { type: 'string' }, only: { type: 'string' } },
  });
  const root = values.root ?? ROOT;
  const file = join(root, 'scripts', 'supply', 'pins.json');
  /** @type {Pin[]} */
  const before = JSON.parse(readFileSync(file, 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  const old = (/** @type {string} */ kind) => before.filter(({ pin }) => pin.startsWith(kind));
  const packages = values.only === 'images' ? old('npm:') : await lookAtPackages(root, today, before);
  const images =
    values.only === 'packages'
      ? old('image:')
      : await pinImages({ root, today, before, mirror: values['image-registry'] });
  writeFileSync(file, `${JSON.stringify([...packages, ...images], null, 2)}\n`);
  const newer = [...packages, ...images].filter(
    ({ version, newest }) => newest !== null && newest !== version,
  );
  for (const { pin, version, newest } of newer)
    process.stdout.write(`${pin} ${version}: ${newest} is newer\n`);
}

main().catch((error) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
