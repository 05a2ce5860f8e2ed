import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { attempt } from './command.mjs';
import { MODERN_NODE, ROOT } from './paths.mjs';

/** More failing files than this, one in a hundred of all, are a fault and not a disturbance. */
const MOST_FILES_TRIED_AGAIN = 4;

/**
 * @typedef {object} JestResult
 * @property {number} passed Tests.
 * @property {number} failed Tests, and files that could not be run.
 * @property {string[]} unsteady What failed beside others and passed alone: `FILE: TEST`, or `FILE`.
 */

/**
 * @typedef {object} JestReport What jest writes with `--json`.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {JestFile[]} testResults
 */

/** @typedef {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} JestFile */

/**
 * Runs tests. Up to four files that fail run once more, each alone: on a machine with few cores many tests side by side
 * disturb each other. What fails alone has failed.
 *
 * @param {string[]} args Which tests, and how: arguments of jest.
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv, reportPath: string, inherit?: boolean,
 *   say: (line: string) => void }} options
 *   `reportPath`: a file that jest may write. `inherit`: jest uses the terminal of this process, which is the default.
 * @returns {Promise<JestResult>}
 */
export async function runJest(args, options) {
  const first = await runOnce(args, options);
  const counted = count(first);
  const failed = first.report?.testResults.filter(({ status }) => status === 'failed') ?? [];
  if (failed.length === 0 || failed.length > MOST_FILES_TRIED_AGAIN) return { ...counted, unsteady: [] };

  const { cwd = ROOT, say } = options;
  say(`\nOnce more, alone: ${failed.map(({ name }) => relative(cwd, name)).join(', ')} …`);
  const paths = failed.map(({ name }) => name);
  const again = count(await runOnce(['--ci', '--runInBand', '--runTestsByPath', ...paths], options));
  const countedTwice = failed.flatMap((file) => testsOf(file, 'passed')).length;
  return {
    passed: counted.passed - countedTwice + again.passed,
    failed: again.failed,
    unsteady: again.failed > 0 ? [] : failed.flatMap((file) => nameFailures(file, cwd)),
  };
}

/**
 * @param {JestFile} file
 * @param {string} root
 */
function nameFailures(file, root) {
  const path = relative(root, file.name);
  const tests = testsOf(file, 'failed');
  return tests.length === 0 ? [path] : tests.map((test) => `${path}: ${test}`);
}

/**
 * @param {JestFile} file
 * @param {'passed' | 'failed'} wanted
 */
function testsOf({ assertionResults }, wanted) {
  return assertionResults.filter(({ status }) => status === wanted).map(({ fullName }) => fullName);
}

/**
 * @param {string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv, reportPath: string, inherit?: boolean }} options
 * @returns {Promise<{ status: number, report: JestReport | undefined }>}
 */
async function runOnce(args, { cwd = ROOT, env, reportPath, inherit = true }) {
  const command = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(ROOT, 'node_modules', 'jest/bin/jest.js'),
    // A process or timer that a failed test leaves behind must not keep jest from ending. The processes end with
    // jest.
    '--forceExit',
    '--json',
    `--outputFile=${reportPath}`,
    ...args,
  ];
  rmSync(reportPath, { force: true });
  const { status } = await attempt(MODERN_NODE, command, { cwd, env, inherit });
  return { status, report: readReport(reportPath) };
}

/**
 * @param {string} path
 * @returns {JestReport | undefined} Undefined if jest ended before its report.
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {{ status: number, report: JestReport | undefined }} run
 * @returns {{ passed: number, failed: number }}
 */
function count({ status, report }) {
  if (!report) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return { passed: report.numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) };
}
