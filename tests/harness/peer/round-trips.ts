import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { encodeStun, STUN_HEADER_BYTES, STUN_TRANSACTION_BYTES } from '@parley/common/ice';
import type { ProbeAddress, Region, RegionTimes } from '@parley/proto/regions';

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const TRIES = 5;
/** More than a page waits: the machine of a test may be slow. */
const TRY_MS = 5_000;

/** How far the regions are from an address of this machine, as a page measures it: the shortest of some STUN bindings, in whole milliseconds. */
export async function measureRegions(regions: readonly Region[], from: string): Promise<RegionTimes> {
  return Promise.all(
    regions.map(async ({ name, probes: [probe] }) => {
      if (probe === undefined) throw new Error(`${name} has no probe`);
      return { region: name, rttMs: Math.round(await measure(probe, from)) };
    }),
  );
}

async function measure(probe: ProbeAddress, from: string): Promise<number> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, from);
    await once(socket, 'listening');
    let shortest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < TRIES; index += 1) shortest = Math.min(shortest, await ask(socket, probe));
    return shortest;
  } finally {
    socket.close();
  }
}

async function ask(socket: Socket, { host, port }: ProbeAddress): Promise<number> {
  const transaction = randomBytes(STUN_TRANSACTION_BYTES);
  const signal = AbortSignal.timeout(TRY_MS);
  const askedAt = performance.now();
  socket.send(encodeStun(BINDING_REQUEST, transaction, []), port, host);
  for (;;) {
    const [answer] = (await once(socket, 'message', { signal })) as [Buffer];
    const isAnswer = answer.readUInt16BE(0) === BINDING_SUCCESS;
    if (isAnswer && answer.subarray(8, STUN_HEADER_BYTES).equals(transaction))
      return performance.now() - askedAt;
  }
}
