import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { ParleyError } from '@parley/proto';
import type { RequestContext } from './requests.ts';

const WEB = join(import.meta.dirname, '..', '..', 'web');
const FONTS = {
  'geist.woff2': '@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  'geist-mono.woff2': '@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
};
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** What the login page needs. */
const PUBLIC_NAMES = ['style.css', 'icon.svg', ...Object.keys(FONTS)];

type Asset = { type: string; body: Buffer; etag: string };

/** The files that the page is made of, read once. */
export class Assets {
  readonly page = readFileSync(join(WEB, 'index.html'), 'utf8');
  readonly loginPage = readFileSync(join(WEB, 'login.html'), 'utf8');
  readonly #assets = new Map<string, Asset>();

  constructor() {
    for (const name of readdirSync(WEB)) {
      if (TYPES[extname(name)] !== undefined) this.#add(name, join(WEB, name));
    }
    const { resolve } = createRequire(import.meta.url);
    for (const [name, module] of Object.entries(FONTS)) this.#add(name, resolve(module));
  }

  get names(): readonly string[] {
    return [...this.#assets.keys()];
  }

  isPublic(name: string): boolean {
    return PUBLIC_NAMES.includes(name);
  }

  send({ request, response }: RequestContext, name: string): void {
    const asset = this.#assets.get(name);
    if (asset === undefined) throw new ParleyError('not_found');
    const headers = { 'content-type': asset.type, 'cache-control': 'private, no-cache', etag: asset.etag };
    const isKnown = request.headers['if-none-match'] === asset.etag;
    response.writeHead(isKnown ? 304 : 200, headers);
    response.end(isKnown ? undefined : asset.body);
  }

  #add(name: string, path: string): void {
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    this.#assets.set(name, { type: TYPES[extname(name)] ?? 'application/octet-stream', body, etag });
  }
}
