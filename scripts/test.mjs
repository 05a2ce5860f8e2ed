// `npm test`: everything that must hold before a change lands, from formatting to real browsers.
// With arguments it runs only the tests that they match: `npm test -- media`.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { ensureChromium, ensureFirefox } from './bootstrap/browsers.mjs';
import { attempt } from './lib/command.mjs';
import { ensureInfrastructure, INSTALL_ASLEEP } from './bootstrap/infrastructure.mjs';
import { runJest } from './lib/jest-run.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { setUp } from './bootstrap/setup.mjs';
import { ensurePrograms } from './bootstrap/system-packages.mjs';
import { seconds, Steps } from './lib/steps.mjs';

/** @typedef {{ passed: number, failed: number, unsteady?: string[] }} Count Unsteady tests failed beside others and passed alone. */
/** @typedef {{ title: string, run: () => Promise<Count> }} Check */

/** Programs that stand before the edge or give it a certificate, as they may on a server. */
const NEIGHBOURS = ['caddy', 'certbot', 'pebble'];

/** The exit code of a program that could not check anything here, and has said so. */
const EXIT_NOTHING_CHECKED = 77;

const steps = new Steps();
const reports = mkdtempSync(join(tmpdir(), 'parley-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/**
 * A program of node_modules that passes or fails as a whole.
 *
 * @param {string} title
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Check}
 */
function program(title, args, env) {
  const run = async () => {
    const { status } = await attempt(MODERN_NODE, args, { cwd: ROOT, env, inherit: true });
    if (status === EXIT_NOTHING_CHECKED) return { passed: 0, failed: 0 };
    return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
  return { title, run };
}

/**
 * @param {string} title
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Check}
 */
function jest(title, args, env) {
  const reportPath = join(reports, `${title}.json`);
  return { title, run: () => runJest(args, { env, reportPath, say: (line) => steps.say(line) }) };
}

/** @param {string} path */
function bin(path) {
  return join(ROOT, 'node_modules', path);
}

/**
 * @param {string[]} wanted The arguments after `npm test --`.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Check[]}
 */
function listChecks(wanted, env) {
  const matching = wanted.length > 0 ? ['--passWithNoTests', ...wanted] : [];
  // Two for each core: many tests wait for a server or a timer for most of their time.
  const workers = `--maxWorkers=${Math.min(8, 2 * availableParallelism())}`;
  const tests = [
    jest('Unit and integration tests', ['--ignoreProjects', 'browser', workers, ...separate(matching)], env),
    jest('Browser tests', ['--selectProjects', 'browser', '--runInBand', ...separate(matching)], env),
  ];
  if (wanted.length > 0) return tests;
  return [
    program('Format', [bin('oxfmt/bin/oxfmt'), '--check'], env),
    program('Lint', [bin('oxlint/bin/oxlint'), '--type-aware'], env),
    program('Lint of the protos', [bin('@bufbuild/buf/bin/buf'), 'lint'], env),
    program('Types', [join(ROOT, 'scripts', 'typecheck.mjs')], env),
    program('Licences', [join(ROOT, 'scripts', 'check-licences.mjs')], env),
    program('Known weaknesses of packages', [join(ROOT, 'scripts', 'check-advisories.mjs')], env),
    program('Unused code', [bin('knip/bin/knip.js')], env),
    program('Words of comments', [join(ROOT, 'scripts', 'check-words.mjs')], env),
    ...tests,
  ];
}

/**
 * Jest takes every word after --selectProjects for a project, unless an option stands between.
 *
 * @param {string[]} args
 */
function separate(args) {
  return ['--ci', ...args];
}

/** @returns {Promise<Count>} */
async function main() {
  const { workerPath } = await setUp(steps, { uiBuild: true });
  const infrastructure = await ensureInfrastructure(steps);
  await ensurePrograms(NEIGHBOURS, 'the tests of the edge', steps, INSTALL_ASLEEP);
  const env = {
    ...process.env,
    ...infrastructure,
    PATH: [bin('.bin'), infrastructure.PATH].join(delimiter),
    MEDIASOUP_WORKER_BIN: workerPath,
    CHROMIUM_PATH: await ensureChromium(steps),
    FIREFOX_PATH: await ensureFirefox(steps),
  };
  const total = { passed: 0, failed: 0, unsteady: /** @type {string[]} */ ([]) };
  for (const { title, run } of listChecks(process.argv.slice(2), env)) {
    steps.say(`\n${title} …`);
    const startedAt = Date.now();
    const { passed, failed, unsteady = [] } = await run();
    total.passed += passed;
    total.failed += failed;
    total.unsteady.push(...unsteady);
    steps.say(`${title}: ${passed} passed, ${failed} failed in ${seconds(Date.now() - startedAt)}`);
    if (failed > 0) break;
  }
  return total;
}

main().then(
  ({ passed, failed, unsteady = [] }) => {
    for (const test of unsteady) steps.say(`\nPassed only alone; mend it: ${test}`);
    steps.say(`\n${passed} passed, ${failed} failed`);
    process.exit(failed === 0 ? 0 : 1);
  },
  (error) => {
    process.stderr.write(`\nThe tests cannot run: ${explain(error)}\n`);
    steps.say('\n0 passed, 1 failed');
    process.exit(1);
  },
);
