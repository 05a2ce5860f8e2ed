import { getTranslations } from 'next-intl/server';
import type { NextRequest } from 'next/server';
import { LANGUAGES, type Language } from '../../languages/languages.ts';
import type { Translate } from '../../languages/words.ts';
import { askedLanguage } from '../asked-language.ts';

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
`;

const STYLE = `
html { color-scheme: dark; background: #0b1013; color: #eef3f4; font: 1rem/1.5 system-ui, sans-serif }
body { min-height: 90vh; margin: 0; display: grid; place-content: center; padding: 1.25rem; text-align: center }
a { color: #6fdccb }
`;

export async function GET(request: NextRequest): Promise<Response> {
  const language = askedLanguage(request);
  const t = await getTranslations({ locale: language });
  return new Response(`${SCRIPT}const PAGE = ${JSON.stringify(offlinePage(language, t))};\n`, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' },
  });
}

function offlinePage(language: Language, t: Translate): string {
  return `<!doctype html><html lang="${language}" dir="${LANGUAGES[language].direction}"><meta charset="utf-8"><title>${t('room.offline.title')} · Parley</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${STYLE}</style>
<h1>${t('room.offline.title')}</h1><p>${t('room.offline.advice')}</p><p><a href="">${t('basics.tryAgain')}</a></p>`;
}
