import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';

export const WEB = join(import.meta.dirname, '..', '..', 'web');

const FONTS = {
  '/assets/geist.woff2': '@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  '/assets/geist-mono.woff2': '@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
};

/** The files that the login page needs. */
export const PUBLIC_ASSETS = ['/assets/style.css', '/assets/icon.svg', ...Object.keys(FONTS)];

/** Serves the scripts and styles of the page, and its fonts, below `/assets/`. Browsers ask each time whether they changed. */
export async function registerAssets(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: WEB,
    prefix: '/assets/',
    // One route for each file that exists at the start, and none for other paths.
    wildcard: false,
    index: false,
    globIgnore: ['*.html', '*.json', '*.d.ts'],
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'private, no-cache'),
  });
  const { resolve } = createRequire(import.meta.url);
  for (const [path, module] of Object.entries(FONTS)) {
    const file = resolve(module);
    app.get(path, (_request, reply) => reply.sendFile(basename(file), dirname(file)));
  }
}
