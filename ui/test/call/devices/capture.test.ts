import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { browserCapture } from '../../../src/call/devices/capture.ts';

type Opened = { getTracks: () => { kind: string }[] };

describe('a camera of one size and one rate, such as a virtual one', () => {
  const asked: MediaStreamConstraints[] = [];
  let accepts: (constraints: MediaStreamConstraints) => boolean;

  const getUserMedia = async (constraints: MediaStreamConstraints): Promise<Opened> => {
    asked.push(constraints);
    if (!accepts(constraints))
      throw Object.assign(new Error('frameRate'), { name: 'OverconstrainedError', constraint: 'frameRate' });
    return { getTracks: () => [{ kind: constraints.video ? 'video' : 'audio' }] };
  };
  const given = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

  beforeEach(() => {
    asked.length = 0;
    Object.defineProperty(globalThis, 'navigator', {
      configurable: true,
      value: { mediaDevices: { getUserMedia } },
    });
  });
  afterEach(() => {
    if (given) Object.defineProperty(globalThis, 'navigator', given);
  });

  test('is opened as it is, and it is the chosen one', async () => {
    accepts = ({ video }) => typeof video === 'object' && video.frameRate === undefined;
    expect(await browserCapture.camera('virtual')).toMatchObject({ kind: 'video', contentHint: 'motion' });
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual({ video: { deviceId: { ideal: 'virtual' } } });
  });

  test('is opened as it is if none was chosen', async () => {
    accepts = ({ video }) => video === true;
    expect(await browserCapture.camera(null)).toMatchObject({ kind: 'video' });
    expect(asked).toHaveLength(2);
  });

  test('is reported if it cannot be opened like that either', async () => {
    accepts = () => false;
    await expect(browserCapture.camera(null)).rejects.toMatchObject({ code: 'device_not_found' });
    expect(asked).toHaveLength(2);
  });

  test('is asked for once where it takes what is asked for, and a microphone as well', async () => {
    accepts = () => true;
    await browserCapture.camera('usual');
    await browserCapture.microphone(null);
    expect(asked).toHaveLength(2);
  });
});
