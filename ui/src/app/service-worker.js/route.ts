/**
 * The service worker, which lets browsers offer to install the page. It stores nothing. It answers only where the browser would show its own
 * page without a network: when a page of Parley cannot be loaded.
 */
const SCRIPT = `'use strict';
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { mode, url } = event.request;
  const { pathname } = new URL(url);
  const ours = pathname === '/' || pathname === '/check' || pathname.startsWith('/r/');
  if (mode === 'navigate' && ours) event.respondWith(fetch(event.request).catch(offline));
});
const offline = () => new Response(PAGE, { headers: {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
} });
const PAGE = \`<!doctype html><html lang="en"><meta charset="utf-8"><title>No connection · Parley</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
html { color-scheme: dark; background: #0b1013; color: #eef3f4; font: 1rem/1.5 system-ui, sans-serif }
body { min-height: 90vh; margin: 0; display: grid; place-content: center; padding: 1.25rem; text-align: center }
a { color: #6fdccb }
</style>
<h1>No connection</h1><p>Parley cannot be reached. Check your network, then <a href="">try again</a>.</p>\`;
`;

export const dynamic = 'force-static';

export function GET(): Response {
  return new Response(SCRIPT, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' },
  });
}
