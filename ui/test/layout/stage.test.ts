import { describe, expect, test } from '@jest/globals';
import { selectStage, STAGE_HOLD_MS, stripPictures, type StageInput } from '../../src/layout/stage.ts';
import { fitStage } from '../../src/layout/strip.ts';

const me = { peerId: 'me', isSelf: true, screenOn: false };
const ann = { peerId: 'ann', isSelf: false, screenOn: false };
const bob = { peerId: 'bob', isSelf: false, screenOn: false };
const camera = (peerId: string) => ({ peerId, source: 'camera' as const });
const screen = (peerId: string) => ({ peerId, source: 'screen' as const });

const base: StageInput<string> = {
  members: [me, ann, bob],
  pinned: null,
  dominantPeerId: null,
  previous: null,
  now: 10_000,
};
const stageOf = (change: Partial<StageInput<string>>) => selectStage({ ...base, ...change })?.picture ?? null;

describe('the stage', () => {
  test.each([
    ['holds nobody in an empty room', { members: [] }, null],
    ['holds oneself, if nobody else is there', { members: [me] }, camera('me')],
    ['holds the first other member, if nobody has spoken', {}, camera('ann')],
    ['holds the dominant speaker', { dominantPeerId: 'bob' }, camera('bob')],
    ['does not hold oneself, even as the dominant speaker', { dominantPeerId: 'me' }, camera('ann')],
    [
      'holds the previous member, while oneself speaks',
      { dominantPeerId: 'me', previous: { picture: camera('bob'), since: 0 } },
      camera('bob'),
    ],
    [
      'prefers a shared screen to a speaker',
      { members: [me, ann, { ...bob, screenOn: true }], dominantPeerId: 'ann' },
      screen('bob'),
    ],
    [
      'holds the own screen, if it is the only one',
      { members: [{ ...me, screenOn: true }, ann] },
      screen('me'),
    ],
    [
      "prefers another member's screen to the own",
      {
        members: [
          { ...me, screenOn: true },
          { ...ann, screenOn: true },
        ],
      },
      screen('ann'),
    ],
    [
      'prefers the pinned picture to a screen',
      { members: [me, { ...ann, screenOn: true }, bob], pinned: camera('bob') },
      camera('bob'),
    ],
    [
      'does not hold a pinned member who left',
      { pinned: camera('gone'), dominantPeerId: 'bob' },
      camera('bob'),
    ],
    [
      'does not hold a pinned screen that ended',
      { pinned: screen('ann'), dominantPeerId: 'bob' },
      camera('bob'),
    ],
  ] as const)('%s', (_, change, expected) => {
    expect(stageOf(change as Partial<StageInput<string>>)).toEqual(expected);
  });

  test('keeps the first shared screen when a second one comes', () => {
    const members = [me, { ...ann, screenOn: true }, { ...bob, screenOn: true }];
    expect(stageOf({ members, previous: { picture: screen('bob'), since: 0 } })).toEqual(screen('bob'));
  });

  test('changes to an interrupting speaker only after the previous one had it for a moment', () => {
    const previous = { picture: camera('ann'), since: base.now - STAGE_HOLD_MS + 1 };
    expect(stageOf({ previous, dominantPeerId: 'bob' })).toEqual(camera('ann'));
    expect(stageOf({ previous, dominantPeerId: 'bob', now: base.now + 1 })).toEqual(camera('bob'));
  });

  test('is the same object while nothing changes', () => {
    const first = selectStage({ ...base, dominantPeerId: 'bob' });
    expect(selectStage({ ...base, dominantPeerId: 'bob', previous: first, now: 99_999 })).toBe(first);
  });
});

describe('the strip', () => {
  test('holds every picture but the staged one, screens first', () => {
    const members = [me, { ...ann, screenOn: true }, { ...bob, screenOn: true }];
    expect(stripPictures(members, screen('ann'))).toEqual([
      screen('bob'),
      camera('me'),
      camera('ann'),
      camera('bob'),
    ]);
  });

  test.each([
    ['right', { width: 1280, height: 720 }],
    ['bottom', { width: 390, height: 700 }],
  ] as const)('is at the %s of the stage, where there is space', (side, container) => {
    const layout = fitStage(container, 8);
    expect(layout.side).toBe(side);
    expect(layout.stage.width * layout.stage.height).toBeGreaterThan(
      0.55 * container.width * container.height,
    );
    expect(layout.strip.x + layout.strip.width).toBeLessThanOrEqual(container.width + 0.01);
    expect(layout.strip.y + layout.strip.height).toBeLessThanOrEqual(container.height + 0.01);
    expect(layout.perPage * layout.pages).toBeGreaterThanOrEqual(8);
  });

  test('is absent if no picture is left for it', () => {
    expect(fitStage({ width: 800, height: 600 }, 0)).toMatchObject({
      side: 'none',
      stage: { width: 800, height: 600 },
    });
  });
});
