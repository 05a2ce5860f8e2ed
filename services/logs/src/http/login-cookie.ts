import type { IncomingMessage, ServerResponse } from 'node:http';

const NAME = 'parley_logs';

export function readSessionCookie(request: IncomingMessage): string | undefined {
  for (const pair of (request.headers.cookie ?? '').slice(0, 4_096).split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === NAME) return value;
  }
  return undefined;
}

/** An empty token removes it. */
export function setSessionCookie(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  lifetimeSeconds: number,
): void {
  // Without a Path the browser takes the folder of this request's address: the prefix that a proxy serves us under.
  const attributes = [`${NAME}=${token}`, `Max-Age=${lifetimeSeconds}`, 'HttpOnly', 'SameSite=Strict'];
  if (request.headers['x-forwarded-proto'] === 'https') attributes.push('Secure');
  response.setHeader('set-cookie', attributes.join('; '));
}
