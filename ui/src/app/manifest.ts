import type { MetadataRoute } from 'next';
import icon192 from './icons/icon-192.png';
import icon512 from './icons/icon-512.png';
import maskable512 from './icons/maskable-512.png';

/** With it, a browser offers to install the page. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Parley',
    short_name: 'Parley',
    description: 'Calm video calls on your own server.',
    lang: 'en',
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
