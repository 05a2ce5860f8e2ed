import { NextResponse, type NextRequest } from 'next/server';
import { pagePolicy } from './page-policy.ts';

/** Gives each page a policy with a nonce of its own. Next.js reads it from the request and marks its scripts with it. */
export function proxy(request: NextRequest): NextResponse {
  const policy = pagePolicy(crypto.randomUUID().replaceAll('-', ''), process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

// What is no page carries no script.
export const config = { matcher: '/((?!_next/|icon.svg|manifest.webmanifest).*)' };
