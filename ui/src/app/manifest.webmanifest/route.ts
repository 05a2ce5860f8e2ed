import type { MetadataRoute } from 'next';
import { getTranslations } from 'next-intl/server';
import type { NextRequest } from 'next/server';
import { LANGUAGES, type Language } from '../../languages/languages.ts';
import icon192 from '../icons/icon-192.png';
import icon512 from '../icons/icon-512.png';
import maskable512 from '../icons/maskable-512.png';
import { askedLanguage } from '../asked-language.ts';

/** With it, a browser offers to install the page. Browsers fetch it without cookies, so the page names its language. */
export async function GET(request: NextRequest): Promise<Response> {
  const language = askedLanguage(request);
  const t = await getTranslations({ locale: language });
  return Response.json(manifest(language, t('landing.description')), {
    headers: { 'Content-Type': 'application/manifest+json', 'Cache-Control': 'no-cache' },
  });
}

function manifest(language: Language, description: string): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Parley',
    short_name: 'Parley',
    description,
    lang: language,
    dir: LANGUAGES[language].direction,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#0b1013',
    theme_color: '#0b1013',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: icon192.src, sizes: '192x192', type: 'image/png' },
      { src: icon512.src, sizes: '512x512', type: 'image/png' },
      { src: maskable512.src, sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
