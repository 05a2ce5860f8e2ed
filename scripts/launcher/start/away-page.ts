import type { IncomingMessage, ServerResponse } from 'node:http';

const RETRY_AFTER_S = 2;
const SERVICES = /^\/(?:api|socket\.io)(?:[/?]|$)/;

/** Whether a person with a browser waits for this answer, and not a program. */
export function isPage({ method, url, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true && !SERVICES.test(url ?? '/');
}

/** Answers a person who opens a page while the service of the pages starts. The answer loads the page again by itself. */
export function sendAwayPage(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'retry-after': String(RETRY_AFTER_S),
  });
  response.end(PAGE);
}

const PAGE = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${RETRY_AFTER_S}"><title>Back in a moment · Parley</title><style>body{margin:20vh auto;max-width:30rem;padding:0 1.5rem;background:#0b1013;color:#e8eef0;font:1.1rem/1.6 system-ui,sans-serif}a{color:#7fd4c1}</style><h1>Back in a moment</h1><p>Parley is starting. This page tries again by itself.</p><p><a href="">Try again now</a></p></html>`;
