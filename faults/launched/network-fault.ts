import type { Impairments } from '@parley/common/testing';
import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { longestPauseMs, watchVoice } from '../frame/voice-watch.ts';
import { whileBroken } from '../frame/waiting.ts';
import type { Fault } from '../frame/fault.ts';
import { SHAPED, type ShapedCall } from './shaped-call.ts';

const MEGABIT = 1_000_000;
const STEADY_AFTER_MS = 5_000;
const LOOK_MS = 10_000;
const LOOK_EVERY_MS = 500;

/** What happens to the network one after the other. */
const STAGES: readonly (readonly [string, { up?: Impairments; down?: Impairments }])[] = [
  ['4 Mbit/s down', { down: { bitsPerSecond: 4 * MEGABIT } }],
  ['0.5 Mbit/s down', { down: { bitsPerSecond: 0.5 * MEGABIT } }],
  ['4 Mbit/s again', { down: { bitsPerSecond: 4 * MEGABIT } }],
  ['loss of 5 %', { up: { loss: 0.05 }, down: { loss: 0.05 } }],
  ['loss of 20 %', { up: { loss: 0.2 }, down: { loss: 0.2 } }],
  ['jitter of 100 ms', { up: { jitterMs: 100 }, down: { jitterMs: 100 } }],
  ['a good network again', {}],
];

/** The sizes of the picture of Bela that Ada has in some seconds, each once. */
async function sizesSeen({ people }: ShapedCall): Promise<string[]> {
  const sizes: string[] = [];
  for (let passed = 0; passed < LOOK_MS; passed += LOOK_EVERY_MS) {
    const video = people.ada.video('Bela').first();
    const size = await video.evaluate((node) => {
      const { videoWidth, videoHeight } = node as HTMLVideoElement;
      return `${videoWidth}x${videoHeight}`;
    });
    if (sizes.at(-1) !== size) sizes.push(size);
    await whileBroken(LOOK_EVERY_MS);
  }
  return sizes;
}

async function stage(call: ShapedCall, [name, impairments]: (typeof STAGES)[number]): Promise<Finding[]> {
  const { people, relay } = call;
  // Bela is muted, so Bela alone hears a voice.
  await watchVoice(people.bela);
  await people.watch();
  relay.impair(impairments);
  await whileBroken(STEADY_AFTER_MS);
  const sizes = await sizesSeen(call);
  return [
    atMost(`${name}: longest pause of the voice`, Math.round(await longestPauseMs(people.bela)), 500, 'ms'),
    mustBe(
      `${name}: changes of the layer from 5 s to 15 s after it (${sizes.join(', ')})`,
      sizes.length - 1,
      0,
    ),
    await people.nobodyLeft(),
  ];
}

export const F22: Fault<ShapedCall> = {
  name: 'F22',
  description: 'the network of everybody gets worse and better: its rate, loss, jitter',
  ground: SHAPED,
  run: async (call) => {
    const findings: Finding[] = [];
    for (const one of STAGES) findings.push(...(await stage(call, one)));
    return findings;
  },
};
