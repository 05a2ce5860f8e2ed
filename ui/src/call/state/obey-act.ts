import type { Act } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';

type ObeyingParts = {
  devices: { turnOff: (source: Source) => void };
  media: { forget: (source: Source) => void };
  hand: { want: (raised: boolean) => void };
};

/** Brings this browser in line with what was done to its person. A microphone that was muted turns off with the record of the peer. */
export function obeyAct({ kind, source }: Act, { devices, media, hand }: ObeyingParts): void {
  if (kind === 'stopped' && source !== undefined) {
    devices.turnOff(source);
    media.forget(source);
  }
  if (kind === 'hand-lowered') hand.want(false);
}

/** What the page says of something that the rules of the room turned off. */
export function actOfRules(source: Source): Act {
  const kind = source === 'microphone' ? 'muted' : 'stopped';
  return { kind, source, byPeerId: null, byName: null, at: Date.now() };
}
