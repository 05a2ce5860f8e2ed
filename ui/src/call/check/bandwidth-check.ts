import type { PeerId } from '@parley/proto/ids';
import type { types } from 'mediasoup-client';
import { readStatistics, type CallStatistics, type Counters, type Stat } from '../telemetry/statistics.ts';
import { isLossy, levelDown, levelUp } from './bandwidth-level.ts';
import { skipped, well, wrong, type Bandwidth, type Check, type CheckResult } from './check.ts';
import type { CheckPeer } from './check-peer.ts';
import type { CheckRoom } from './check-room.ts';
import { NoisePicture } from './noise-picture.ts';
import type { Found } from './path-checks.ts';
import { pause, within } from '../base/time/deadline.ts';

/** Bits per second. During WARM_UP_MS and MEASURE_MS, the check transfers at most 4 MB in each direction. */
const BITRATE_MAX = 4_000_000;
/** Browsers raise the bitrate step by step. The measurement starts after this time. */
const WARM_UP_MS = 3_000;
const MEASURE_MS = 4_000;
const SET_UP_TIMEOUT_MS = 8_000;
const ENCODING: types.ProducerOptions = {
  encodings: [{ maxBitrate: BITRATE_MAX }],
  codecOptions: { videoGoogleStartBitrate: 2000 },
};

/**
 * Measures the bandwidth: one guest sends a picture of noise to another for some seconds, on the best path that works.
 */
export class BandwidthCheck implements Check {
  readonly name = 'bandwidth';
  readonly #room: CheckRoom;
  readonly #found: Found;

  constructor(room: CheckRoom, found: Found) {
    this.#room = room;
    this.#found = found;
  }

  async run(signal: AbortSignal): Promise<CheckResult> {
    const path = (['udp', 'tcp', 'ipv6', 'relay', 'web'] as const).find((candidate) =>
      this.#found.works.has(candidate),
    );
    if (path === undefined) return skipped('no-path');
    const picture = NoisePicture.create();
    try {
      const sender = await this.#room.guest(path);
      const flowing = startFlow(sender, await this.#room.another(path), picture.track);
      const flow = await within(SET_UP_TIMEOUT_MS, flowing, signal);
      return flow === null ? wrong('internal') : judgeBandwidth(await measure(flow, signal));
    } finally {
      picture.close();
    }
  }
}

export function judgeBandwidth(bandwidth: Bandwidth): CheckResult {
  const levels = [levelUp(bandwidth), levelDown(bandwidth)];
  if (levels.includes('none') || levels.includes('audio')) return wrong('slow', { bandwidth });
  return isLossy(bandwidth) ? wrong('loss', { bandwidth }) : well({ bandwidth });
}

type Flow = { sender: CheckPeer; receiver: CheckPeer; producer: types.Producer; consumer: types.Consumer };

async function startFlow(sender: CheckPeer, receiver: CheckPeer, track: MediaStreamTrack): Promise<Flow> {
  const producer = await sender.send(track, structuredClone(ENCODING));
  const consumer = await receiver.receive(producer);
  return { sender, receiver, producer, consumer };
}

async function measure(flow: Flow, signal: AbortSignal): Promise<Bandwidth> {
  await pause(WARM_UP_MS, signal);
  const { counters } = await read(flow, new Map());
  await pause(MEASURE_MS, signal);
  return toBandwidth((await read(flow, counters)).statistics);
}

async function read(
  { sender, receiver, producer, consumer }: Flow,
  previous: Counters,
): Promise<{ statistics: CallStatistics; counters: Counters }> {
  const [sent, received] = await Promise.all([
    sender.sendTransport.getStats(),
    receiver.transports.receive.getStats(),
  ]);
  const about = { peerId: '' as PeerId, source: 'camera', layers: null } as const;
  return readStatistics({
    sent: Array.from(sent.values() as Iterable<Stat>),
    received: Array.from(received.values() as Iterable<Stat>),
    streams: [
      { ...about, id: producer.id, direction: 'sent', mid: producer.localId },
      { ...about, id: consumer.id, direction: 'received', mid: consumer.localId },
    ],
    previous,
    now: Date.now(),
  });
}

function toBandwidth({ streams, roundTripMs }: CallStatistics): Bandwidth {
  const [sent, received] = streams;
  return {
    up: sent?.bitrate ?? 0,
    down: received?.bitrate ?? 0,
    lossUp: sent?.loss ?? 0,
    lossDown: received?.loss ?? 0,
    roundTripMs,
  };
}
