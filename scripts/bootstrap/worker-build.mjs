import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './system-packages.mjs';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { run } from '../lib/command.mjs';
import { compilerJobs } from '../lib/memory.mjs';
import { compileObjects } from './worker-objects.mjs';
import { listSources } from './worker-sources.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const HERE = dirname(fileURLToPath(import.meta.url));
const ADAPTERS = join(HERE, 'mediasoup-worker', 'include');

const PACKAGES = [
  'g++',
  'libssl-dev',
  'libuv1-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** The packages with the libraries that a worker loads if it was built with PACKAGES. */
export const LIBRARIES = ['libssl3', 'libuv1', 'libsrtp2-1', 'libabsl20220623', 'libstdc++6'];

const CPU_MINUTES = 5;

const COMPILE_FLAGS = [
  '-std=c++20',
  '-O2',
  '-pthread',
  '-w',
  '-fstack-protector-strong',
  '-D_FORTIFY_SOURCE=2',
  '-DNDEBUG',
  '-DMS_LITTLE_ENDIAN',
  '-DMS_EXECUTABLE',
  '-DFLATBUFFERS_LOCALE_INDEPENDENT=1',
];

// Headers that most sources include. Compiling them once halves the time of the build.
const PRELUDE = [
  'algorithm',
  'chrono',
  'deque',
  'functional',
  'map',
  'memory',
  'optional',
  'ostream',
  'set',
  'span',
  'sstream',
  'stdexcept',
  'string',
  'unordered_map',
  'vector',
  'absl/strings/string_view.h',
  'absl/types/optional.h',
  'ankerl/unordered_dense.h',
  'flatbuffers/flatbuffers.h',
  'uv.h',
  'common.hpp',
];

const INCLUDES = [
  ADAPTERS,
  'gen',
  'gen/FBS',
  'worker/include',
  'worker/deps/libwebrtc',
  'worker/deps/libwebrtc/libwebrtc',
];

const LINK_FLAGS = [
  '-pthread',
  '-Wl,-z,relro,-z,now',
  '-lsrtp2',
  '-lssl',
  '-lcrypto',
  '-luv',
  '-lflatbuffers',
  '-labsl_strings',
  '-labsl_bad_optional_access',
  '-labsl_throw_delegate',
  '-labsl_raw_logging_internal',
];

// Debian's OpenSSL is built with kernel TLS and asks every BIO whether it does that. The worker's
// BIO callback answers the question itself, with 1, wherever the operation has other bits set than
// BIO_CB_RETURN alone. OpenSSL takes the 1 for yes, makes no write buffer, and the first DTLS
// handshake crashes. Testing the bit hands OpenSSL's own answer through.
const PATCHES = [
  {
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN)',
    to: '((operationType & BIO_CB_RETURN) != 0)',
  },
];

/**
 * A hash of everything that the binary depends on besides the version of the package: this recipe, the adapters,
 * the sources, the processor, and the distribution with whose libraries the binary is linked.
 *
 * @param {string} packageDir
 */
export function buildKey(packageDir) {
  const recipe = [
    PACKAGES,
    COMPILE_FLAGS,
    PRELUDE,
    LINK_FLAGS,
    PATCHES,
    listSources(join(packageDir, 'worker')),
    process.arch,
  ];
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  for (const file of [
    join(ADAPTERS, 'srtp.h'),
    join(ADAPTERS, 'ankerl', 'unordered_dense.h'),
    '/etc/os-release',
  ]) {
    hash.update(existsSync(file) ? readFileSync(file) : 'missing');
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Compiles the package's worker against the distribution's libraries. The next build continues an interrupted one.
 *
 * @param {{ packageDir: string, version: string, target: string, steps: Steps }} options
 */
export async function buildWorker({ packageDir, version, target, steps }) {
  await ensurePackages(PACKAGES, 'building the mediasoup worker', steps);
  const jobs = compilerJobs();
  const title = `Building the mediasoup worker ${version} with ${jobs} compilers (about ${Math.ceil(CPU_MINUTES / jobs)} minutes, once)`;
  await steps.run(title, async () => {
    const folder = join(dirname(target), 'build');
    const source = join(folder, 'worker');
    mkdirSync(folder, { recursive: true });
    cpSync(join(packageDir, 'worker'), source, { recursive: true });
    for (const patch of PATCHES) applyPatch(source, patch);
    await generateHeaders(source, join(folder, 'gen'));
    const objects = await compileAll(folder, listSources(source), jobs, steps);
    await run('g++', [...objects, '-o', target, ...LINK_FLAGS], {
      cwd: folder,
      what: 'Linking the mediasoup worker',
    });
    await run('strip', [target]);
    rmSync(folder, { recursive: true, force: true });
  });
}

/**
 * @param {string} source
 * @param {{ file: string, from: string, to: string }} patch
 */
function applyPatch(source, { file, from, to }) {
  const path = join(source, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) {
    throw new BootstrapError(
      `mediasoup's ${file} is not what this build knows; it must be adapted to the new version.`,
    );
  }
  writeFileSync(path, text.replace(from, to));
}

/**
 * @param {string} source
 * @param {string} folder
 */
async function generateHeaders(source, folder) {
  const schemas = readdirSync(join(source, 'fbs'))
    .filter((name) => name.endsWith('.fbs'))
    .map((name) => join(source, 'fbs', name));
  const style = [
    '--cpp-field-case-style',
    'lower',
    '--reflect-names',
    '--scoped-enums',
    '--filename-suffix',
    '',
  ];
  mkdirSync(join(folder, 'FBS'), { recursive: true });
  await run('flatc', ['--cpp', ...style, '-o', join(folder, 'FBS'), ...schemas]);
}

/**
 * @param {string} folder
 * @param {string[]} sources Relative to the worker's folder.
 * @param {number} jobs
 * @param {Steps} steps
 * @returns {Promise<string[]>} The object files.
 */
async function compileAll(folder, sources, jobs, steps) {
  const flags = [...COMPILE_FLAGS, ...INCLUDES.map((path) => `-I${path}`)];
  await compilePrelude(folder, flags);
  return compileObjects({ folder, sources, flags: ['-include', 'gen/prelude.h', ...flags], jobs, steps });
}

/**
 * @param {string} folder
 * @param {string[]} flags
 */
async function compilePrelude(folder, flags) {
  const generated = readdirSync(join(folder, 'gen', 'FBS')).filter((name) => name.endsWith('.h'));
  const headers = [...PRELUDE, ...generated.map((name) => `FBS/${name}`)];
  writeFileSync(join(folder, 'gen', 'prelude.h'), headers.map((name) => `#include <${name}>\n`).join(''));
  const args = [...flags, '-x', 'c++-header', 'gen/prelude.h', '-o', 'gen/prelude.h.gch'];
  await run('g++', args, { cwd: folder, what: 'Compiling the common headers' });
}
