import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const here = dirname(fileURLToPath(import.meta.url));

/** What holds whichever edge stands in front; that adds HSTS. A room's link is its key, and must not travel as the referrer of a link in the chat. */
const SECURITY_HEADERS = Object.entries(
  JSON.parse(readFileSync(join(here, 'security-headers.json'), 'utf8')) as Record<string, string>,
).map(([key, value]) => ({ key, value }));

/** What src/proxy.ts does not see. A pattern for every path would fail on a path that cannot be decoded, before the proxy can answer. */
const FILES = [
  '/_next/:path*',
  '/icon.svg',
  '/apple-icon.png',
  '/manifest.webmanifest',
  '/service-worker.js',
];

const config: NextConfig = {
  // Where a build goes and is served from; see scripts/lib/ui-build.mjs.
  distDir: process.env.UI_BUILD_DIR || '.next',
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  reactStrictMode: true,
  transpilePackages: ['@parley/proto'],
  // It looks into the process it runs in, which a bundle is in the way of.
  serverExternalPackages: ['prom-client'],
  turbopack: { root: dirname(here) },
  // For the container image: a server with the few packages that it needs.
  ...(process.env.UI_STANDALONE
    ? { output: 'standalone' as const, outputFileTracingRoot: dirname(here) }
    : {}),
  // Types are checked for the whole repository by one command; a second check would only make the first start slower.
  typescript: { ignoreBuildErrors: true },
  // Nothing here is worth keeping in memory: the pages are a few kilobytes and read from disk.
  cacheMaxMemorySize: 1024 * 1024,
  images: { unoptimized: true },
  experimental: {
    optimizePackageImports: ['radix-ui', 'lucide-react'],
    // The code of a page is loaded when somebody first opens it, and takes no memory before.
    preloadEntriesOnStart: false,
  },
  headers: async () => FILES.map((source) => ({ source, headers: SECURITY_HEADERS })),
};

export default createNextIntlPlugin('./src/languages/request.ts')(config);
