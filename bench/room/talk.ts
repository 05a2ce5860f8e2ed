import { CrowdSystem } from '../crowd/crowd-system.ts';
import { progress } from '../progress.ts';
import type { Report } from '../report.ts';
import { describeTalk, type Talk } from './describe-talk.ts';
import { Gathering } from './gathering.ts';
import { LoadProcess } from './load-process.ts';
import { LAYERS, SMALL } from './rates.ts';
import { regionTimesOf, TWO_NODES } from './regions.ts';
import { TALKERS } from './room-cases.ts';

/** A room has at most a thousand people. */
const TALK: Talk = { viewers: 1_000 - TALKERS, scale: 1 / 4, picturesPerSecond: 10 };
const WINDOW_MS = 10_000;
/** Each speaker in turn. */
const TURN_MS = 2_000;
/** Viewers who come before it is said how many are there. */
const GROUP = 100;

/** Measures a talk: three speakers, one of whom speaks at a time, and a thousand people in all. */
export async function measureTalk(talk: Talk = TALK): Promise<Report> {
  const load = new LoadProcess();
  let system: CrowdSystem | undefined;
  try {
    system = await CrowdSystem.start({ counted: false, media: TWO_NODES });
    return await measure(system, load, talk);
  } finally {
    await load.stop();
    await system?.stop();
  }
}

async function measure(system: CrowdSystem, load: LoadProcess, talk: Talk): Promise<Report> {
  const { viewers, scale, picturesPerSecond } = talk;
  const gathering = await Gathering.begin(system, load);
  await gathering.invite(
    Array.from({ length: TALKERS }, (_, number) => ({
      role: 'participant',
      sends: number === 0 ? (['microphone', 'camera'] as const) : (['microphone'] as const),
      talks: true,
      regionTimes: regionTimesOf(number),
    })),
  );
  const before = system.memory();
  const joinMs: number[] = [];
  const refusals: string[] = [];
  for (let come = 0; come < viewers; come += GROUP) {
    const group = Array.from({ length: Math.min(GROUP, viewers - come) }, (_, index) => ({
      role: 'viewer' as const,
      sends: [],
      talks: false,
      regionTimes: regionTimesOf(TALKERS + come + index),
    }));
    joinMs.push(...(await gathering.invite(group)));
    refusals.push(...(await gathering.look({ layer: SMALL, voices: TALKERS })));
    progress(`talk: ${joinMs.length} of ${viewers} viewers`);
  }
  const smallest = LAYERS[SMALL]?.packetsPerSecond ?? 1;
  const playing = { voices: scale, pictures: (scale * picturesPerSecond) / smallest, turnMs: TURN_MS };
  const window = await gathering.measure(playing, WINDOW_MS);
  const after = system.memory();
  const memory = {
    signaling: after.signaling - before.signaling,
    media: after.media - before.media,
  };
  const peers = await Promise.all(system.media.map((node) => node.total('parley_media_peers')));
  return describeTalk(talk, { joinMs, window, memory, refusals: refusals.length, peers }, WINDOW_MS);
}
