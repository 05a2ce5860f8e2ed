import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const here = dirname(fileURLToPath(import.meta.url));

/** What holds whichever edge stands in front; that adds HSTS. The policy of the pages is in src/proxy.ts. */
const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  // A room's link is its key: it must not travel to the sites that people link to in the chat.
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value:
      'camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), fullscreen=(self), picture-in-picture=(self), geolocation=(), payment=(), usb=()',
  },
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
  experimental: { optimizePackageImports: ['radix-ui', 'lucide-react'] },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
};

export default config;
