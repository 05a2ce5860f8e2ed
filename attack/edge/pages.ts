import { mustBe, atLeast, type Finding } from '../frame/attack.ts';
import { statusOf } from './raw-connection.ts';
import { onEdges } from './servers.ts';

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const WEB_SOCKET = '/socket.io/?EIO=4&transport=websocket';
const POLLING = '/socket.io/?EIO=4&transport=polling';

export const REBINDING = onEdges({
  name: 'rebinding',
  description: 'A page of another site lets its name lead to this machine, and acts as if it were ours.',
  async run({ launcher, nginx }): Promise<Finding[]> {
    const doors = { 'npm start': launcher.ports.PORT, nginx: nginx.httpPort };
    const findings: Finding[] = [];
    for (const [name, port] of Object.entries(doors)) {
      const host = `evil.example:${port}`;
      const own = { host, origin: `http://${host}` };
      const claims = {
        ...own,
        'x-forwarded-host': 'localhost',
        'x-forwarded-proto': 'https',
        forwarded: 'host=localhost',
      };
      const body = { method: 'POST', body: '{}' } as const;
      const json = { ...own, 'content-type': 'application/json' };
      findings.push(
        mustBe(`${name}: the page`, await statusOf(port, '/', { headers: own }), 421),
        mustBe(`${name}: a room`, await statusOf(port, '/api/rooms', { headers: json, ...body }), 421),
        mustBe(`${name}: polling`, await statusOf(port, POLLING, { headers: own }), 421),
        mustBe(
          `${name}: a WebSocket`,
          await statusOf(port, WEB_SOCKET, { headers: { ...own, ...UPGRADE } }),
          421,
        ),
        mustBe(`${name}: with headers of a proxy`, await statusOf(port, '/', { headers: claims }), 421),
        mustBe(
          `${name}: our own page`,
          await statusOf(port, WEB_SOCKET, {
            headers: { host: `localhost:${port}`, origin: `http://localhost:${port}`, ...UPGRADE },
          }),
          101,
        ),
      );
    }
    return findings;
  },
});

export const FOREIGN = onEdges({
  name: 'foreign',
  description: 'A page of another site polls by JSONP, goes on with a session of ours, or writes over REST.',
  async run({ launcher }): Promise<Finding[]> {
    const port = launcher.ports.PORT;
    const host = `localhost:${port}`;
    const own = { host, origin: `http://${host}` };
    const evil = { host, origin: 'https://evil.example' };
    const opened = await fetch(`http://${host}${POLLING}`, { headers: { origin: own.origin } });
    const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
    const write = (headers: Record<string, string>) =>
      statusOf(port, '/api/rooms', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      });
    return [
      atLeast('characters of the id of a session', sid.length, 1),
      mustBe('JSONP', await statusOf(port, `${POLLING}&j=0`, { headers: own }), 400),
      mustBe('JSONP without an origin', await statusOf(port, `${POLLING}&j=0`, { headers: { host } }), 400),
      mustBe('polling of the session', await statusOf(port, `${POLLING}&sid=${sid}`, { headers: evil }), 400),
      mustBe(
        'a packet into the session',
        await statusOf(port, `${POLLING}&sid=${sid}`, { headers: evil, method: 'POST', body: '40' }),
        400,
      ),
      mustBe(
        'a WebSocket for the session',
        await statusOf(port, `${WEB_SOCKET}&sid=${sid}`, { headers: { ...evil, ...UPGRADE } }),
        400,
      ),
      mustBe('a room over REST', await write(evil), 403),
      mustBe('a room of our own page', await write(own), 201),
    ];
  },
});
