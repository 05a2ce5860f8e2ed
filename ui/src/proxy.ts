import { NextResponse, type NextRequest } from 'next/server';
import securityHeaders from '../security-headers.json' with { type: 'json' };
import { embedOrigins } from './server/embed-origins.ts';
import { nameInLogs } from './server/room-in-logs.ts';

/** Gives each page its security headers, and a policy with its own nonce. Next.js reads the nonce from the policy of the request and puts it on its scripts; the layout reads `X-Nonce`. */
export function proxy(request: NextRequest): NextResponse {
  const parents = embedOrigins(process.env.EMBED_ORIGINS);
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = pagePolicy(nonce, parents, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('X-Nonce', nonce);
  headers.set('Content-Security-Policy', policy);
  const response = isDecodable(request.nextUrl.pathname)
    ? NextResponse.next({ request: { headers } })
    : // Next.js fails on such a path. The page for a link without a code answers instead.
      NextResponse.rewrite(new URL('/r', request.url), { request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  const room = nameInLogs(request.nextUrl.pathname);
  // The edge writes the header into its log, and takes it out of the answer.
  if (room !== undefined) response.headers.set('X-Parley-Room', room);
  response.headers.set('Content-Security-Policy', policy);
  // The older header knows no list. Browsers that know `frame-ancestors` do not read it.
  if (parents.length === 0) response.headers.set('X-Frame-Options', 'DENY');
  return response;
}

// The files that the matcher leaves out are no pages and need no policy.
export const config = {
  matcher: '/((?!_next/|icon.svg|apple-icon.png|manifest.webmanifest|service-worker.js).*)',
};

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * The Content-Security-Policy of a page: what it may load and do.
 *
 * A script runs only if it carries the nonce or was loaded by a script that does. Styles may be inline, because React and Radix set them as
 * attributes. `parents` may show the page in a frame. Media comes from streams. `blob:` is for canvas pictures and the sound of the speaker test.
 */
function pagePolicy(nonce: string, parents: readonly string[], isDevelopment: boolean): string {
  // The development build of React evaluates code to show where an error came from.
  const evaluation = isDevelopment ? " 'unsafe-eval'" : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${parents.length > 0 ? parents.join(' ') : "'none'"}`,
  ].join('; ');
}
