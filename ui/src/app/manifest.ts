import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Parley',
    short_name: 'Parley',
    description: 'Calm video calls on your own server.',
    start_url: '/',
    display: 'standalone',
    background_color: '#0b1013',
    theme_color: '#0b1013',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
