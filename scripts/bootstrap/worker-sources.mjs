import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from '../lib/bootstrap-error.mjs';

const LIBWEBRTC = 'deps/libwebrtc';

/**
 * Reads the sources of the worker from the Meson files of the package.
 *
 * @param {string} worker The package's worker folder.
 * @returns {string[]} Relative to that folder.
 */
export function listSources(worker) {
  const main = readFileSync(join(worker, 'meson.build'), 'utf8');
  const webrtc = readFileSync(join(worker, LIBWEBRTC, 'meson.build'), 'utf8');
  const sources = [
    ...listNamed(main, /^common_sources = \[/m),
    ...listNamed(main, /^ {2}common_sources \+= \[/m),
    'src/main.cpp',
    ...listNamed(webrtc, /^libwebrtc_sources = \[/m).map((file) => `${LIBWEBRTC}/${file}`),
  ];
  const missing = sources.filter((file) => !existsSync(join(worker, file)));
  if (missing.length > 0)
    throw new BootstrapError(`mediasoup's package lacks sources: ${missing.join(', ')}`);
  return sources;
}

/**
 * @param {string} text
 * @param {RegExp} start
 */
function listNamed(text, start) {
  const begin = text.search(start);
  const end = text.indexOf(']', begin);
  if (begin < 0 || end < 0) throw new BootstrapError("mediasoup's Meson file is not what this build knows.");
  return [...text.slice(begin, end).matchAll(/'([^']+)'/g)].map(([, file]) => /** @type {string} */ (file));
}
