import { performance } from 'node:perf_hooks';
import { PROTOCOL_VERSION, REQUESTS } from '@parley/proto/requests';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { scrape, total } from '../../tests/harness/records/metrics.ts';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { HonestPair } from '../frame/honest-pair.ts';
import { Visitor } from '../frame/visitor.ts';
import { RawTransport } from './raw-transport.ts';
import { onSignaling } from './servers.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: ROUTER_RTP_CAPABILITIES };
/** Four seconds of PACKETS_PER_CONNECTION. */
const PACKETS_BURST = 1_000;
/** The control frames that a WebSocket may send at once. */
const CONTROLS_BURST = 20;

export const RECONNECTS = onSignaling({
  name: 'reconnects',
  description:
    'A guest leaves the namespace, or the socket, and comes back again and again to begin with new limits.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const visitor = new Visitor(system);
    const code = await visitor.createRoom();
    const token = await visitor.token(code);
    const startedAt = performance.now();
    let sent = 0;
    let carriedOut = 0;
    let secondConnects = 0;
    for (let cycle = 0; cycle < (scale === 'full' ? 60 : 6); cycle += 1) {
      const transport = await RawTransport.open(visitor);
      await transport.connect({ token });
      transport.emit('room:join', JOIN);
      await transport.settled();
      const before = transport.answers('carried out');
      for (let messages = 0; messages < 20; messages += 1) {
        sent += 1;
        const clientMessageId = crypto.randomUUID();
        transport.emit('chat:send', { clientMessageId, toPeerId: null, text: 'flood' });
      }
      await transport.settled();
      carriedOut += transport.answers('carried out') - before;
      transport.send('41');
      await transport.connect({ token });
      secondConnects += transport.received.filter((text) => text.startsWith('40')).length - 1;
      transport.close();
    }
    const { burst, perSecond } = REQUESTS['chat:send'].rate;
    const bound = burst + perSecond * ((performance.now() - startedAt) / 1_000);
    return [
      atLeast('chat messages that were sent', sent, 120),
      atLeast('of them carried out', carriedOut, 1),
      atMost('and no more than the limit and a burst', carriedOut, Math.ceil(bound + burst)),
      mustBe('second CONNECTs on a transport that were answered', secondConnects, 0),
      ...(await honest.findings(scale)),
    ];
  },
});

export const PACKETS = onSignaling({
  name: 'packets',
  description: 'A guest floods with CONNECTs, acknowledgements, pings and polls that count as no request.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const visitor = new Visitor(system);
    const code = await visitor.createRoom();
    const token = await visitor.token(code);
    const times = PACKETS_BURST * (scale === 'full' ? 100 : 3);
    const cutsBefore = await cuts(system);
    const namespaces = await flood(visitor, token, times, (transport) => transport.send('40/nowhere,'));
    const acks = await flood(visitor, token, times, (transport) => transport.send('43999[]'));
    const pings = await flood(visitor, token, times, ({ webSocket }) =>
      webSocket.ping(undefined, undefined, () => {}),
    );
    const polls = await pollFlood(visitor, token, times);
    const probes = await probeFlood(visitor, times);
    return [
      mustBe('after CONNECTs to other namespaces the transport is', namespaces.state, 'closed'),
      atMost('of them answered', answersTo(namespaces, '44/'), 0),
      mustBe('after acknowledgements that nobody waits for the transport is', acks.state, 'closed'),
      mustBe('after pings of the WebSocket the transport is', pings.state, 'closed'),
      atMost('of them answered', pings.transport.pongs, CONTROLS_BURST + 5),
      mustBe('after packets in long polling the session is', polls, 'closed'),
      mustBe('after probes on a WebSocket that is no transport yet it is', probes.state, 'closed'),
      atMost('of them answered', answersTo(probes, '3probe'), 2 * PACKETS_BURST),
      atLeast('transports that the server cut', (await cuts(system)) - cutsBefore, 4),
      ...(await honest.findings(scale)),
    ];
  },
});

type Flooded = { transport: RawTransport; state: 'open' | 'closed' };

async function flood(
  visitor: Visitor,
  token: string,
  times: number,
  send: (transport: RawTransport) => void,
): Promise<Flooded> {
  const transport = await RawTransport.open(visitor);
  await transport.connect({ token });
  return sendAll(transport, times, send);
}

async function sendAll(
  transport: RawTransport,
  times: number,
  send: (transport: RawTransport) => void,
): Promise<Flooded> {
  for (let sent = 0; sent < times && !transport.closed; sent += 1) send(transport);
  await transport.ended().catch(() => undefined);
  const state = transport.closed ? 'closed' : 'open';
  transport.close();
  return { transport, state };
}

function answersTo({ transport }: Flooded, prefix: string): number {
  return transport.received.filter((text) => text.startsWith(prefix)).length;
}

/** Resolves with whether the session is still there. */
async function pollFlood(visitor: Visitor, token: string, times: number): Promise<'open' | 'closed'> {
  const { url, headers } = await beginPolling(visitor);
  await fetch(url, { method: 'POST', body: `40${JSON.stringify({ token })}`, headers });
  const answer = await (await fetch(url, { headers })).text();
  if (!answer.startsWith('40')) throw new Error(`the session was not let in: ${answer}`);
  const body = Array.from({ length: 2_000 }, () => '43999[]').join('\u001e');
  for (let sent = 0; sent < times; sent += 2_000)
    await fetch(url, { method: 'POST', body, headers }).catch(() => undefined);
  const { status } = await fetch(url, { method: 'POST', body: '3', headers });
  return status === 200 ? 'open' : 'closed';
}

async function probeFlood(visitor: Visitor, times: number): Promise<Flooded> {
  const { sid } = await beginPolling(visitor);
  const transport = await RawTransport.open(visitor, `&sid=${sid}`);
  return sendAll(transport, times, (one) => one.send('2probe'));
}

async function beginPolling(visitor: Visitor) {
  const headers = { ...visitor.headers, origin: visitor.socketOrigin };
  const url = `${visitor.socketOrigin}/socket.io/?EIO=4&transport=polling`;
  const opened = await (await fetch(url, { headers })).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  return { sid, url: `${url}&sid=${sid}`, headers };
}

async function cuts({ ports }: Launcher): Promise<number> {
  return total(await scrape(ports.SIGNALING_ADMIN_PORT), 'parley_signaling_transports_cut_total');
}
