import { waitFor } from '@parley/common/testing';
import { atLeast, atMost, mustBe, type Finding, type Scale } from '../frame/attack.ts';
import { HonestPair } from '../frame/honest-pair.ts';
import { RawConnection, statusOf } from './raw-connection.ts';
import { BOUNDS, onEdges, type Edges } from './servers.ts';

/** Longer than any request may take, with what the server needs to notice. */
const PATIENCE_MS = 30_000;
const DRIP_MS = 1_000;
const BEGIN_OF_BODY = [
  'POST /api/client-logs HTTP/1.1',
  'Host: localhost',
  'Content-Type: application/json',
  'Content-Length: 10000',
  '',
  '{',
].join('\r\n');

export const BODIES = onEdges({
  name: 'bodies',
  description: 'One address sends the bodies of many requests, one character a second.',
  async run({ launcher, nginx }, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(launcher);
    const count = BOUNDS.bodies * (scale === 'full' ? 5 : 2);
    const single = scale === 'full' ? await endings(launcher.ports.PORT, nginx.httpPort) : [];
    const atStart = await drip(launcher.ports.PORT, BOUNDS.connections * 4, BOUNDS.connections);
    const atNginx = await drip(nginx.httpPort, count, BOUNDS.bodies);
    return [
      atLeast('slow bodies that were begun at nginx', count, BOUNDS.bodies),
      atMost('of them that were taken', atNginx.open, BOUNDS.bodies),
      atLeast('of them that were taken', atNginx.open, 1),
      mustBe('status of a request besides them', atNginx.status, 200),
      atLeast('slow bodies that the edge of npm start took', atStart.open, 1),
      atMost('and no more than', atStart.open, BOUNDS.connections),
      ...single,
      ...(await honest.findings(scale)),
    ];
  },
});

/** How many of the connections are open once there are no more than `bound`, or when it takes too long. */
async function drip(port: number, count: number, bound: number): Promise<{ open: number; status: number }> {
  const held = await Promise.all(
    Array.from({ length: count }, () => RawConnection.open(port, BEGIN_OF_BODY)),
  );
  const taken = () => held.filter(({ isOpen, answer }) => isOpen && answer === '').length;
  await waitFor(() => taken() <= bound, { what: 'the bound to hold' }).catch(() => undefined);
  const open = taken();
  const status = await statusOf(port, '/api/healthz', { headers: { host: 'localhost' } });
  for (const connection of held) connection.close();
  return { open, status };
}

/** How long one slow body is waited for. */
async function endings(...ports: readonly number[]): Promise<Finding[]> {
  const findings = ports.map(async (port) => {
    const connection = await RawConnection.open(port, BEGIN_OF_BODY);
    const begunAt = performance.now();
    const timer = setInterval(() => connection.write(' '), DRIP_MS);
    const ended = { what: 'the body to be given up', timeoutMs: PATIENCE_MS };
    await waitFor(() => !connection.isOpen, ended).catch(() => undefined);
    clearInterval(timer);
    connection.close();
    const seconds = (performance.now() - begunAt) / 1_000;
    return [
      // A body that was refused at once shows nothing.
      atLeast(`a body that drips at port ${port} was taken for`, seconds, 5, 's'),
      atMost('and waited for', seconds, 15, 's'),
    ];
  });
  return (await Promise.all(findings)).flat();
}

export const IDLE = onEdges({
  name: 'idle',
  description: 'One address opens connections to npm start and sends nothing, or half of a header.',
  async run({ launcher }, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(launcher);
    const count = BOUNDS.connections * (scale === 'full' ? 20 : 3);
    const open = await holdIdle(launcher, count);
    return [
      atLeast('connections that were tried', count, BOUNDS.connections),
      atMost('of them open', open, BOUNDS.connections),
      mustBe(
        'status of a request besides them',
        await statusOf(launcher.ports.PORT, '/api/healthz', { headers: { host: 'localhost' } }),
        200,
      ),
      ...(await honest.findings(scale)),
    ];
  },
});

async function holdIdle({ ports }: Edges['launcher'], count: number): Promise<number> {
  const texts = ['', 'GET / HTTP/1.1\r\nHost: localhost\r\n'];
  const held = await Promise.all(
    Array.from({ length: count }, (_, index) => RawConnection.open(ports.PORT, texts[index % 2])),
  );
  const open = () => held.filter(({ isOpen }) => isOpen).length;
  await waitFor(() => open() <= BOUNDS.connections, { what: 'the bound to hold' }).catch(() => undefined);
  const left = open();
  for (const connection of held) connection.close();
  return left;
}

export const ROOMS_FROM_A_SITE = onEdges({
  name: 'site',
  description: 'Somebody who rents a /48 of IPv6 creates rooms, each from another /64.',
  async run({ launcher }, scale: Scale): Promise<Finding[]> {
    const site = `2001:db8:${Math.floor(Math.random() * 0x10000).toString(16)}`;
    const count = scale === 'full' ? 3_000 : 700;
    let created = 0;
    for (let index = 0; index < count; index += 50) {
      const addresses = Array.from({ length: 50 }, (_, n) => `${site}:${((index + n) * 20).toString(16)}::1`);
      const statuses = await Promise.all(addresses.map((address) => createRoom(launcher, address)));
      created += statuses.filter((status) => status === 201).length;
    }
    // Sixteen times the burst of one client, and what comes back meanwhile.
    return [
      atLeast('rooms that were created', created, 1),
      atMost('rooms from one /48', created, 16 * 30 + 200),
    ];
  },
});

function createRoom({ ports }: Edges['launcher'], address: string): Promise<number> {
  const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' };
  return statusOf(ports.GATEWAY_PORT, '/api/rooms', { method: 'POST', headers, body: '{}' });
}
