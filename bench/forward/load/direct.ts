import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@parley/common/testing';
import { Pace } from '../../pace.ts';
import { percentile } from '../../summary.ts';
import { TimedEndpoint } from './endpoint.ts';

const PAYLOAD_TYPE = 100;
const SSRC = 1;
const PACKETS_PER_SECOND = 200;
const LOOKED_AT_MS = 1_500;

/** How long a packet is under way between two endpoints without a server between them: the median, in milliseconds. */
export async function measureDirect(): Promise<number> {
  const took: number[] = [];
  const options = { ssrc: SSRC, payloadType: PAYLOAD_TYPE };
  const sender = new TimedEndpoint('send', options);
  const receiver = new TimedEndpoint('receive', options, (tookMs) => took.push(tookMs));
  try {
    sender.accept(await receiver.answer(await sender.offer()));
    await waitFor(() => sender.connected && receiver.connected, { what: 'two endpoints to be connected' });
    const pace = new Pace(1, PACKETS_PER_SECOND, () => sender.send());
    pace.start();
    await delay(LOOKED_AT_MS);
    pace.stop();
    return percentile(took, 0.5);
  } finally {
    sender.close();
    receiver.close();
  }
}
