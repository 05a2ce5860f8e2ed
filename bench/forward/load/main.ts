// Runs as a process of its own: endpoints that send and receive through one server. Prints `ready` when each receiver has heard each sender, and
// pauses. Reads commands, one on each line, and answers each with one line: `play`, `rest`, `begin` (counts from now on), `count` (packets
// received since then, and how many there are if none is lost), `latency` (how long they were under way) and `direct` (how long that is without
// a server).
import { createInterface } from 'node:readline';
import process from 'node:process';
import { waitFor } from '@parley/common/testing';
import { releaseEndpoints } from '../../../tests/harness/peer/rtp-endpoint.ts';
import { percentile } from '../../summary.ts';
import { CASES, type ServerName } from '../cases.ts';
import { BareClient } from './bare-client.ts';
import { measureDirect } from './direct.ts';
import type { ServerClient } from './server-client.ts';
import { TimedEndpoint } from './endpoint.ts';
import { JanusClient } from './janus-client.ts';
import { Pace } from '../../pace.ts';
import { ParleyClient } from './parley-client.ts';

const [caseName = '', serverName = '', ...given] = process.argv.slice(2);
/** Handshakes at the same time. More of them only wait for each other. */
const PARALLEL = 10;
const FIRST_SSRC = 1_000;

const CLIENTS: Readonly<
  Record<ServerName, (given: readonly string[]) => ServerClient | Promise<ServerClient>>
> = {
  parley: ([address = '', secret = '']) => new ParleyClient(address, secret),
  bare: ([port]) => new BareClient(Number(port)),
  janus: ([port]) => JanusClient.open(Number(port)),
};

const found = CASES.find(({ name }) => name === caseName);
if (found === undefined) throw new Error(`there is no case ${caseName}`);
const { senders: senderCount, receivers: receiverCount, packetsPerSecond } = found;
const client = await CLIENTS[serverName as ServerName](given);

let took: number[] = [];
let sent = 0;
const senders: TimedEndpoint[] = [];
const receivers: { endpoint: TimedEndpoint; received: number }[] = [];

async function addReceiver(from: readonly string[], number: number): Promise<void> {
  const options = { ssrc: FIRST_SSRC + senderCount + number, payloadType: client.payloadType };
  const receiver = {
    received: 0,
    endpoint: new TimedEndpoint('receive', options, (tookMs) => {
      receiver.received += 1;
      took.push(tookMs);
    }),
  };
  receivers.push(receiver);
  await client.openReceiver(receiver.endpoint, from);
}

const names: string[] = [];
for (let number = 0; number < senderCount; number += 1) {
  const sender = new TimedEndpoint('send', { ssrc: FIRST_SSRC + number, payloadType: client.payloadType });
  senders.push(sender);
  names.push(await client.openSender(sender));
}
for (let first = 0; first < receiverCount; first += PARALLEL) {
  const numbers = Array.from({ length: Math.min(PARALLEL, receiverCount - first) }, (_, i) => first + i);
  await Promise.all(numbers.map((number) => addReceiver(names, number)));
}
await waitFor(
  () => [...senders, ...receivers.map(({ endpoint }) => endpoint)].every((one) => one.connected),
  {
    what: 'all endpoints to be connected',
  },
);

/** Each sender in turn, alone: a receiver that misses one of them would make the load smaller than it says. */
async function hearEverybody(): Promise<void> {
  for (const sender of senders) {
    for (const receiver of receivers) receiver.received = 0;
    const hearing = () => receivers.filter(({ received }) => received > 0).length;
    await waitFor(
      () => {
        sender.send();
        return hearing() === receivers.length;
      },
      { what: 'each receiver to hear a sender', describe: hearing },
    );
  }
}
await hearEverybody();

const pace = new Pace(senders.length, packetsPerSecond, (number) => {
  sent += 1;
  senders[number]?.send();
});
const COMMANDS: Readonly<Record<string, () => string | Promise<string>>> = {
  play: () => {
    pace.start();
    return 'playing';
  },
  rest: () => {
    pace.stop();
    return 'resting';
  },
  begin: () => {
    took = [];
    sent = 0;
    return 'counting';
  },
  count: () => JSON.stringify({ received: took.length, expected: sent * receivers.length }),
  latency: () => JSON.stringify({ p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) }),
  direct: async () => String(await measureDirect()),
};
process.stdout.write('ready\n');

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  void Promise.resolve(COMMANDS[line]?.()).then((answer) => process.stdout.write(`${answer ?? 'unknown'}\n`));
});
input.once('close', () => {
  pace.stop();
  for (const endpoint of [...senders, ...receivers.map(({ endpoint }) => endpoint)]) endpoint.close();
  client.close();
  releaseEndpoints();
  process.exit(0);
});
