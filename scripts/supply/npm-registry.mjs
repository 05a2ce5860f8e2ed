import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt } from '../lib/command.mjs';
import { newestOfLine } from './versions.mjs';

/** What a registry lists beside the versions. */
const NO_VERSIONS = ['created', 'modified', 'unpublished'];

/**
 * Asks npm's registry when a version was released, and which version of the same major one is the newest.
 *
 * @param {string} name
 * @param {string} version
 * @returns {Promise<{ released: string, newest: string }>}
 */
export async function askNpm(name, version) {
  const { status, output } = await attempt('npm', ['view', name, 'time', '--json', '--loglevel=silent']);
  if (status !== 0) throw new BootstrapError(`npm's registry does not answer for ${name}`);
  return readTimes(name, version, JSON.parse(output));
}

/**
 * @param {string} name
 * @param {string} version
 * @param {Record<string, string>} times
 */
export function readTimes(name, version, times) {
  const released = times[version]?.slice(0, 10);
  if (released === undefined) throw new BootstrapError(`npm's registry does not know ${name} ${version}`);
  const versions = Object.keys(times).filter((each) => !NO_VERSIONS.includes(each));
  return { released, newest: newestOfLine(version, versions, 1) };
}
