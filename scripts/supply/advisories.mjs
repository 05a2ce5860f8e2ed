import { attempt } from '../lib/command.mjs';

/** The severities that fail a test. Lesser ones are shown. */
const FAILING = ['high', 'critical'];

/** @typedef {{ offered: boolean, failing: number, words: string[] }} Advisories */

/**
 * Asks npm's registry for known weaknesses of the packages in the lock file. Some registries, above all mirrors, do not
 * answer that: then nothing is known, and the words say so.
 *
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Advisories>}
 */
export async function askAdvisories(folder, env = process.env) {
  const { output } = await attempt('npm', ['audit', '--json', '--loglevel=silent'], { cwd: folder, env });
  return readAdvisories(output);
}

/**
 * @param {string} output Of `npm audit --json`.
 * @returns {Advisories}
 */
export function readAdvisories(output) {
  const answer = parse(output);
  const { vulnerabilities } = answer;
  if (vulnerabilities === undefined) return { offered: false, failing: 0, words: [notOffered(answer)] };
  const found = Object.values(vulnerabilities);
  return {
    offered: true,
    failing: found.filter(({ severity }) => FAILING.includes(severity)).length,
    words: found.length === 0 ? ['No package has a known weakness.'] : found.map(weaknessWords),
  };
}

/**
 * @param {string} output
 * @returns {{ message?: string, error?: { summary?: string, code?: string }, vulnerabilities?: Record<string, { name: string, severity: string, range: string, via: (string | { title?: string, url?: string })[], fixAvailable?: unknown }> }}
 */
function parse(output) {
  try {
    return JSON.parse(output);
  } catch {
    return { message: output.trim().split('\n').at(-1) ?? '' };
  }
}

/** @param {ReturnType<typeof parse>} answer */
function notOffered({ message, error }) {
  const why = message || error?.summary || error?.code || 'no answer';
  return `The registry does not say which packages have known weaknesses, so this was not checked (${why}).`;
}

/** @param {NonNullable<ReturnType<typeof parse>['vulnerabilities']>[string]} weakness */
function weaknessWords({ name, severity, range, via, fixAvailable }) {
  const reasons = via.map((each) =>
    typeof each === 'string' ? `by ${each}` : `${each.title} ${each.url ?? ''}`.trim(),
  );
  return `${severity}: ${name} ${range}: ${reasons.join('; ')}${fixAvailable ? '; a newer version mends it' : ''}`;
}
