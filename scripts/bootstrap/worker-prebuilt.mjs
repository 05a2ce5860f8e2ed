import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BootstrapError } from '../lib/bootstrap-error.mjs';

const ANSWER_TIMEOUT_MS = 6_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

/**
 * Downloads the worker that mediasoup's authors publish with each release, from the same address as
 * the package's own install script.
 *
 * @param {string} packageDir
 * @param {string} target
 */
export async function downloadPrebuilt(packageDir, target) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD)
    throw new BootstrapError('its download is switched off');
  const body = await request(prebuiltUrl(packageDir));
  const folder = mkdtempSync(join(tmpdir(), 'parley-worker-'));
  try {
    await extract(body, folder);
    copyFileSync(join(folder, 'mediasoup-worker'), target);
    chmodSync(target, 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} packageDir */
function prebuiltUrl(packageDir) {
  const { version, repository } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  const base = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || `${home}/releases/download`;
  const kernel = process.platform === 'linux' ? `-kernel${release().split('.')[0]}` : '';
  return `${base}/${version}/mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`;
}

/** @param {string} url */
async function request(url) {
  const abort = new AbortController();
  const answerTimer = setTimeout(() => abort.abort(), ANSWER_TIMEOUT_MS);
  const downloadTimer = setTimeout(() => abort.abort(), DOWNLOAD_TIMEOUT_MS).unref();
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new BootstrapError(`the server answered ${response.status}`);
    return response.body;
  } catch (error) {
    clearTimeout(downloadTimer);
    throw error instanceof BootstrapError ? error : new BootstrapError('its server cannot be reached');
  } finally {
    clearTimeout(answerTimer);
  }
}

/**
 * @param {import('node:stream/web').ReadableStream} body
 * @param {string} folder
 */
async function extract(body, folder) {
  const tar = spawn('tar', ['-xzf', '-', '-C', folder], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exited = new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  await Promise.all([pipeline(Readable.fromWeb(body), tar.stdin), exited]).catch(() => {
    tar.kill();
    throw new BootstrapError('its download broke off');
  });
  if ((await exited) !== 0) throw new BootstrapError('its archive is damaged');
}
