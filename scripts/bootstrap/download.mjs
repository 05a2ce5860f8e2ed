// Downloads one address into a file: `node download.mjs URL FILE`. A process of its own, under a current Node, because only such a Node goes
// through the proxy of HTTPS_PROXY, and only if NODE_USE_ENV_PROXY is set when it starts.
import { createWriteStream } from 'node:fs';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const ANSWER_TIMEOUT_MS = 8_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;
/** Exit codes: nothing is at the address; the server or the proxy refused; neither could be reached; the download broke off. */
export const EXIT = { missing: 44, refused: 45, unreachable: 46, broken: 47 };

/**
 * @param {string} url
 * @param {string} file
 * @returns {Promise<number>} The exit code.
 */
async function download(url, file) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_TIMEOUT_MS);
  let response;
  try {
    response = await fetch(url, { signal: abort.signal });
  } catch {
    return EXIT.unreachable;
  } finally {
    clearTimeout(timer);
  }
  if (response.status === 404) return EXIT.missing;
  if (!response.ok || !response.body) return EXIT.refused;
  setTimeout(() => abort.abort(), DOWNLOAD_TIMEOUT_MS).unref();
  try {
    await pipeline(Readable.fromWeb(/** @type {never} */ (response.body)), createWriteStream(file));
    return 0;
  } catch {
    return EXIT.broken;
  }
}

const [, self, url, file] = process.argv;
if (self === fileURLToPath(import.meta.url) && url && file) process.exit(await download(url, file));
