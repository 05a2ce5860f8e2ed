import { REPORT_PASS_HEADER } from '@parley/proto/rest';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import type { Visitor } from '../frame/visitor.ts';

/** What a guest of a room of their own gets with the join token. */
export type Join = { token: string; traceId: string; pass: string };

export async function joinOf({ ports }: Pick<Launcher, 'ports'>, visitor: Visitor): Promise<Join> {
  const code = await visitor.createRoom();
  const url = `http://127.0.0.1:${ports.GATEWAY_PORT}/api/rooms/${code}/join`;
  const headers = { ...visitor.headers, 'content-type': 'application/json' };
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ displayName: 'Eve' }),
  });
  const { token, traceId } = (await response.json()) as { token: string; traceId: string };
  return { token, traceId, pass: response.headers.get(REPORT_PASS_HEADER) ?? '' };
}
