import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { silentLog } from '../../../src/call/base/log.ts';
import { Economy } from '../../../src/call/economy/economy.ts';
import { OUT_OF_SIGHT_AFTER_MS } from '../../../src/call/economy/page-sight.ts';
import { FEWEST_PICTURES, LIGHT_FOR_MS, STEP_PAUSE_MS } from '../../../src/call/economy/step-down.ts';
import { VIDEO_LINGER_MS } from '../../../src/call/receive/consumption-plan.ts';
import { StatisticsReader } from '../../../src/call/telemetry/statistics-reader.ts';
import { fakeHandlerFactory } from '../../support/media.ts';
import { MediaUnderTest, person } from '../../support/media-under-test.ts';
import { peerId, picture } from '../../support/records.ts';
import { makeTrack } from '../../support/tracks.ts';
import { settle, waitFor } from '../../support/wait-for.ts';

const NAMES = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'];

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  readonly pictureInPictureElement = null;

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let made: MediaUnderTest;
let economy: Economy;
let page: Page;
let eased: number;
/** Whether this computer throws away half of the frames. */
let isStrained: boolean;

beforeEach(async () => {
  page = new Page();
  Object.assign(globalThis, { document: page });
  eased = 0;
  isStrained = false;
  const frames = { framesReceived: 0, framesDecoded: 0, framesDropped: 0 };
  const received = () => {
    frames.framesReceived += 2;
    frames.framesDecoded += isStrained ? 1 : 2;
    frames.framesDropped += isStrained ? 1 : 0;
    return { kind: 'video', ...frames };
  };
  made = new MediaUnderTest(fakeHandlerFactory(undefined, undefined, { received, sent: () => [] }));
  made.server.peers = NAMES.map(person);
  made.media.consumption.setPictures(NAMES.map((name) => picture(name)));
  made.media.publications.camera.attach(makeTrack('video'));
  await made.open();
  made.connect();
  await waitFor('sending', () => made.media.publications.camera.producer !== null);
  await waitFor('all pictures', () => watched().length === NAMES.length);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  economy = new Economy({
    media: made.media,
    statistics: new StatisticsReader(made.media, () => peerId('me')),
    devices: { camera: { on: false }, setCamera: async () => {} } as unknown as ConstructorParameters<
      typeof Economy
    >[0]['devices'],
    onMode: () => {},
    onEased: () => (eased += 1),
    log: silentLog,
  });
  economy.begin();
});

afterEach(() => {
  economy.close();
  made.media.close();
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'document');
  expect(made.server.violations).toEqual([]);
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
/** What the server sends to this browser. */
const flowing = (kind: 'cam' | 'mic') =>
  [...made.server.consumers.values()]
    .filter(({ paused, producerId }) => !paused && producerId.endsWith(kind))
    .map(({ producerId }) => producerId.slice(0, 3))
    .toSorted();
const watched = () => flowing('cam');
const sentLayer = () => made.media.publications.camera.layers!.running;

describe('a computer that does not keep up', () => {
  test('receives fewer pictures, then sends lower layers, and says so once; voices go on', async () => {
    isStrained = true;
    await pass(STEP_PAUSE_MS);
    expect([watched(), eased, sentLayer()]).toEqual([['ann', 'bob', 'cat'], 1, 2]);
    await pass(STEP_PAUSE_MS);
    expect([watched().length, eased, sentLayer()]).toEqual([FEWEST_PICTURES, 1, 2]);
    await pass(2 * STEP_PAUSE_MS);
    expect([watched().length, eased, sentLayer()]).toEqual([FEWEST_PICTURES, 1, 0]);
    expect(flowing('mic')).toEqual(NAMES);
  });

  test('with few pictures keeps them, sends a lower layer and says so', async () => {
    economy.setPicturesMax(FEWEST_PICTURES);
    isStrained = true;
    await pass(STEP_PAUSE_MS);
    expect([watched().length, eased, sentLayer()]).toEqual([FEWEST_PICTURES, 1, 1]);
  });

  test('gets everything back when it keeps up for long', async () => {
    isStrained = true;
    await pass(STEP_PAUSE_MS);
    expect(watched()).toHaveLength(3);
    isStrained = false;
    await pass(LIGHT_FOR_MS + STEP_PAUSE_MS);
    expect(watched()).toEqual(NAMES);
    expect(eased).toBe(1);
  });

  test('keeps everything if the person wants that', async () => {
    isStrained = true;
    economy.setEasing(false);
    await pass(10 * STEP_PAUSE_MS);
    expect([watched(), eased]).toEqual([NAMES, 0]);
  });

  test('gets everything back at once when the person wants that', async () => {
    isStrained = true;
    await pass(5 * STEP_PAUSE_MS);
    economy.setEasing(false);
    await pass(500);
    expect([watched(), sentLayer()]).toEqual([NAMES, 2]);
  });

  test('sends lower layers also with another producer', async () => {
    isStrained = true;
    await pass(5 * STEP_PAUSE_MS);
    const { camera } = made.media.publications;
    const before = camera.producer;
    camera.setTransport(null);
    made.server.producers.clear();
    camera.setTransport(made.media.transports!.send);
    await pass(500);
    expect([camera.producer === null || camera.producer === before, sentLayer()]).toEqual([false, 0]);
  });

  test('is left alone while nobody sees the page', async () => {
    isStrained = true;
    page.turn('hidden');
    await pass(OUT_OF_SIGHT_AFTER_MS + 10 * STEP_PAUSE_MS);
    page.turn('visible');
    await pass(0);
    expect([watched(), eased]).toEqual([NAMES, 0]);
  });
});

describe('a page that nobody sees', () => {
  test('receives voices alone after five seconds, and every picture again at once when it is seen', async () => {
    page.turn('hidden');
    await pass(OUT_OF_SIGHT_AFTER_MS - 1);
    expect(watched()).toEqual(NAMES);
    await pass(1);
    expect([watched(), flowing('mic')]).toEqual([[], NAMES]);
    await pass(2 * VIDEO_LINGER_MS);
    expect(made.media.restoration.isUnderWay).toBe(false);
    const asked = made.server.count('consumer:create');
    page.turn('visible');
    await pass(0);
    // To resume a consumer asks its sender for a key frame.
    expect([watched(), made.server.count('consumer:create')]).toEqual([NAMES, asked]);
  });

  test('keeps ready what it received, whoever speaks meanwhile, also if the person wants few pictures', async () => {
    economy.setPicturesMax(2);
    await pass(2 * VIDEO_LINGER_MS);
    const asked = made.server.count('consumer:create');
    page.turn('hidden');
    await pass(OUT_OF_SIGHT_AFTER_MS + VIDEO_LINGER_MS);
    for (const name of ['cat', 'bob', 'ann']) {
      made.heard.unshift(peerId(name));
      made.media.consumption.speakersChanged();
      await pass(2 * VIDEO_LINGER_MS);
    }
    page.turn('visible');
    await pass(0);
    expect([watched(), made.server.count('consumer:create')]).toEqual([['ann', 'bob'], asked]);
  });

  test('keeps a picture that is no longer shown for a moment, as a page that is seen does', async () => {
    page.turn('hidden');
    await pass(OUT_OF_SIGHT_AFTER_MS + 2 * VIDEO_LINGER_MS);
    made.media.consumption.setPictures(NAMES.slice(1).map((name) => picture(name)));
    await pass(VIDEO_LINGER_MS - 1_000);
    expect(made.received()).toContain('ann-cam');
    await pass(1_000);
    expect(made.received()).not.toContain('ann-cam');
  });

  test('keeps the picture that is shown in a window of its own', async () => {
    const pictures = NAMES.map((name) => picture(name));
    made.media.consumption.setPictures([...pictures, picture('dan', { apart: true })]);
    page.turn('hidden');
    await pass(OUT_OF_SIGHT_AFTER_MS);
    expect(watched()).toEqual(['dan']);
  });
});

test('the number of pictures that the person wants is the most that is received', async () => {
  economy.setPicturesMax(2);
  await pass(0);
  expect([watched(), flowing('mic')]).toEqual([['ann', 'bob'], NAMES]);
  economy.setPicturesMax(null);
  await pass(0);
  expect(watched()).toEqual(NAMES);
});

test('after its end an economy changes nothing and leaves no timer of its own', async () => {
  economy.close();
  const timers = jest.getTimerCount();
  economy.begin();
  economy.setPicturesMax(1);
  economy.setEasing(false);
  economy.setPictureMode('none');
  page.turn('hidden');
  expect(jest.getTimerCount()).toBe(timers);
  jest.useRealTimers();
  await settle();
  expect(watched()).toEqual(NAMES);
});
