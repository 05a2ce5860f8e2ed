import { performance } from 'node:perf_hooks';
import { waitFor } from '@parley/common/testing';
import type { Notification } from '@parley/proto/requests';
import { Microphone } from '../../tests/harness/peer/microphone.ts';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { HonestPair } from '../frame/honest-pair.ts';
import { Listener } from '../frame/listener.ts';
import { Visitor } from '../frame/visitor.ts';
import { onMedia } from './servers.ts';

const FLOOD = { bitsPerSecond: 17_800_000, packetBytes: 1112 };
const MBIT = 1_000_000;
/** Two looks of at most a second each, and what they take on a busy machine. */
const BURST_S = 2.5;
const PAUSED_WITHIN_MS = 15_000;

type Updated = Notification<'peer:updated'>;

export const MEDIA_FLOOD = onMedia({
  name: 'media-flood',
  description: 'A client of its own sends 17.8 Mbit/s of “opus”, goes on when it is paused, and comes again.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const attacker = new Visitor(system);
    const code = await attacker.createRoom();
    const victim = await new Visitor(system).join(code, 'Victim');
    const peer = await attacker.join(code, 'Mallory');
    const microphone = await Microphone.open(peer);
    const listener = await Listener.open(victim, microphone.producerId);
    await waitFor(() => listener.bits > 0, { what: 'the victim to hear the attacker' });
    const [sentBefore, heardBefore] = [microphone.bytes, listener.bits];
    const begun = performance.now();
    microphone.flood(FLOOD);
    await pauseOf(victim, peer);
    const seconds = (performance.now() - begun) / 1000;
    const burst = (listener.bits - heardBefore) / MBIT;
    const sent = (8 * (microphone.bytes - sentBefore)) / MBIT;
    const ended = await peer.waitForNotification<{ reason: string }>('session:ended');
    const after = (listener.bits - heardBefore) / MBIT - burst;
    microphone.close();
    const findings = [
      atLeast('sent until the pause', sent, 2 * 0.6, 'Mbit'),
      mustBe('the end of the attacker, who went on', ended.reason, 'over-limit'),
      atMost('reached the victim after the pause', after, burst * 0.1 + 1, 'Mbit'),
      await comesAgain(attacker, code),
      ...(await honest.findings(scale)),
    ];
    listener.close();
    victim.socket.close();
    if (scale === 'small') return findings;
    return [
      ...findings,
      atMost('time until the pause', seconds, BURST_S, 's'),
      atMost('reached the victim in that time', burst, (FLOOD.bitsPerSecond / MBIT) * BURST_S, 'Mbit'),
    ];
  },
});

async function pauseOf(victim: RawPeer, { peerId }: RawPeer): Promise<void> {
  const isPaused = ({ peer }: Updated): boolean =>
    peer.peerId === peerId && peer.producers.some(({ pauseReason }) => pauseReason === 'over-limit');
  await waitFor(() => victim.notifications<Updated>('peer:updated').some(isPaused), {
    what: 'the flood to be paused',
    timeoutMs: PAUSED_WITHIN_MS,
  });
}

/** The attacker joins as another peer from the same address, and sends another source. */
async function comesAgain(attacker: Visitor, code: string): Promise<Finding> {
  const again = await attacker.join(code, 'Mallory');
  const outcome = await Microphone.open(again).then(
    (microphone) => {
      microphone.close();
      return 'a microphone';
    },
    (error: Error) => /over_limit/.exec(error.message)?.[0] ?? error.message,
  );
  again.socket.close();
  return mustBe('what the attacker gets as another person', outcome, 'over_limit');
}
