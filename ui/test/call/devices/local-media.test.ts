import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Permission } from '@parley/proto/requests';
import { deviceErrorCode } from '../../../src/call/base/device-failure.ts';
import { ASKING_AFTER_MS } from '../../../src/call/devices/browser-question.ts';
import { listDevices, missingDevices } from '../../../src/call/devices/device-list.ts';
import { GIVEN_BACK_MS } from '../../../src/call/devices/local-source.ts';
import { LocalMedia } from '../../../src/call/devices/local-media.ts';
import { StoredRecord } from '../../../src/call/base/stored-record.ts';
import { parseCallPreferences } from '../../../src/call/devices/call-preferences.ts';
import { addNotice, settleDevice } from '../../../src/call/state/notices.ts';
import type { Notice } from '../../../src/call/state/call-state.ts';
import { ManualCapture } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

const NOTHING = { microphoneId: null, cameraId: null, speakerId: null };

function info(kind: MediaDeviceKind, deviceId: string, label = deviceId, groupId = ''): MediaDeviceInfo {
  return { kind, deviceId, label, groupId, toJSON: () => ({}) };
}

describe('device errors', () => {
  test.each([
    ['NotAllowedError', 'device_permission_denied'],
    ['NotFoundError', 'device_not_found'],
    ['OverconstrainedError', 'device_not_found'],
    ['NotReadableError', 'device_busy'],
    ['TrackStartError', 'device_busy'],
    ['AbortError', 'device_failed'],
    ['SomethingNew', 'device_failed'],
    ['constructor', 'device_failed'],
  ])('with the name %s have the code %s', (name, code) => {
    expect(deviceErrorCode(Object.assign(new Error('x'), { name }))).toBe(code);
  });
});

describe('the device list', () => {
  test('sorts by kind, names devices without a label and leaves out those without an id', () => {
    const list = listDevices(
      [
        info('audioinput', ''),
        info('audioinput', 'm1', ''),
        info('videoinput', 'c1'),
        info('audiooutput', 's1'),
      ],
      NOTHING,
    );
    expect(list).toEqual({
      ...NOTHING,
      microphones: [{ deviceId: 'm1', label: 'Microphone 1' }],
      cameras: [{ deviceId: 'c1', label: 'c1' }],
      speakers: [{ deviceId: 's1', label: 's1' }],
    });
  });

  test('reports a chosen device as missing only if others of its kind are listed', () => {
    const chosen = { microphoneId: 'gone', cameraId: 'gone', speakerId: 's1' };
    const list = listDevices([info('audioinput', 'm1'), info('audiooutput', 's1')], chosen);
    expect(missingDevices(list)).toEqual(['microphoneId']);
  });
});

describe('local media', () => {
  let capture: ManualCapture;
  let board: readonly Notice[];
  let speakers: (string | null)[];
  let media: LocalMedia;

  beforeEach(() => {
    capture = new ManualCapture();
    board = [];
    speakers = [];
    media = new LocalMedia({
      capture,
      chosen: { ...NOTHING, speakerId: 's1' },
      sinks: null,
      onChanged: () => {},
      onSpeakerChanged: (id) => speakers.push(id),
      afterMute: 'free-soon',
      onNotice: (kind, failure, device) =>
        (board = addNotice(board, { kind, error: failure?.toError() ?? null, device })),
      onNoticesOver: (kinds, device) => (board = settleDevice(board, kinds, device)),
    });
  });

  afterEach(() => {
    media.close();
    jest.useRealTimers();
  });

  const notices = () =>
    board.map(({ kind, error, device }) => [kind, error?.code, device].filter(Boolean).join(' '));

  async function on(name: 'microphone' | 'camera') {
    const done = name === 'microphone' ? media.setMicrophone(true) : media.setCamera(true);
    const track = capture.grant();
    await done;
    await settle();
    return track;
  }

  test('falls back to the usual speaker when the chosen one is unplugged', async () => {
    capture.changeDevices([info('audiooutput', 'other')]);
    await settle();
    expect(speakers).toEqual([null]);
    expect(notices()).toEqual(['speaker-unplugged']);
    expect(media.devices.speakerId).toBeNull();
  });

  test('forgets a chosen microphone that is gone while it is not in use, without a word', async () => {
    await media.selectMicrophone('m1');
    capture.changeDevices([info('audioinput', 'm2')]);
    await settle();
    expect(media.microphone.deviceId).toBeNull();
    expect(notices()).toEqual([]);
  });

  test('says in one notice that a chosen camera was unplugged and there is no other', async () => {
    capture.infos = [info('videoinput', 'usb'), info('videoinput', 'other')];
    await media.selectCamera('usb');
    (await on('camera')).remoteStop();
    capture.changeDevices([info('videoinput', 'other')]);
    await settle();
    while (capture.openings.length > 0) {
      capture.refuse('device_not_found');
      await settle();
    }
    expect(notices()).toEqual(['device-error device_unplugged camera']);
  });

  test('says in one notice that the browser took away both devices, and not that they were unplugged', async () => {
    const tracks = [await on('microphone'), await on('camera')];
    for (const track of tracks) track.remoteStop();
    for (const _ of tracks) capture.refuse('device_permission_denied');
    await settle();
    expect(notices()).toEqual(['device-error device_permission_denied both']);
  });

  test('says that another microphone is used now, until it is muted', async () => {
    (await on('microphone')).remoteStop();
    capture.grant('other');
    await settle();
    expect(notices()).toEqual(['device-replaced microphone']);
    await media.setMicrophone(false);
    expect(notices()).toEqual([]);
  });

  test('says which of two cameras did not start while the other one stays in use', async () => {
    const old = await on('camera');
    const done = media.selectCamera('broken');
    capture.refuse('device_permission_denied');
    await done;
    expect(notices()).toEqual(['device-error device_permission_denied camera']);
    expect(media.camera.track).toBe(old);
    expect(media.devices.cameraId).toBe('default');
  });

  test('drops the notice of a silenced microphone when the microphone delivers again', async () => {
    const track = await on('microphone');
    track.remoteMute();
    expect(notices()).toEqual(['device-silenced microphone']);
    track.remoteUnmute();
    expect(notices()).toEqual([]);
  });

  test('opens a silenced microphone anew when the person comes back to the page', async () => {
    const track = await on('microphone');
    jest.useFakeTimers();
    track.remoteMute();
    capture.comeBack();
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS);
    capture.grant();
    await jest.advanceTimersByTimeAsync(0);
    expect(track.readyState).toBe('ended');
    expect(notices()).toEqual([]);
  });

  test('asks to answer the browser, once for both devices, until both are answered', async () => {
    jest.useFakeTimers();
    void media.setMicrophone(true);
    void media.setCamera(true);
    await jest.advanceTimersByTimeAsync(ASKING_AFTER_MS);
    expect(notices()).toEqual(['device-asks both']);
    capture.grant();
    await jest.advanceTimersByTimeAsync(0);
    expect(notices()).toEqual(['device-asks camera']);
    void media.setCamera(false);
    expect(notices()).toEqual([]);
  });

  describe('when the default microphone of the system becomes another one', () => {
    const laptop = info('audioinput', 'laptop', 'Laptop', 'group-laptop');
    const headset = info('audioinput', 'headset', 'Headset', 'group-headset');
    const defaultIs = ({ label, groupId }: MediaDeviceInfo) =>
      info('audioinput', 'default', `Default - ${label}`, groupId);

    beforeEach(() => void (capture.infos = [defaultIs(laptop), laptop]));

    test('opens it, and the list shows what is captured', async () => {
      const track = await on('microphone');
      capture.changeDevices([defaultIs(headset), headset, laptop]);
      await settle();
      expect(capture.openings).toHaveLength(1);
      // Until the headset is open, the laptop's own microphone is what the others hear.
      expect(media.devices.microphoneId).toBe('laptop');
      capture.grant();
      await settle();
      expect(track.readyState).toBe('ended');
      expect(media.devices.microphoneId).toBe('default');
      capture.changeDevices([defaultIs(headset), headset, laptop]);
      await settle();
      expect(capture.openings).toHaveLength(0);
    });

    test('keeps the old one if the new one does not open, and shows that', async () => {
      const track = await on('microphone');
      capture.changeDevices([defaultIs(headset), headset, laptop]);
      await settle();
      capture.refuse('device_permission_denied');
      await settle();
      expect(media.microphone.track).toBe(track);
      expect(media.devices.microphoneId).toBe('laptop');
      expect(notices()).toEqual([]);
    });

    test('opens nothing for a muted person, and frees the old one', async () => {
      await on('microphone');
      void media.setMicrophone(false);
      expect(capture.live).toHaveLength(1);
      capture.changeDevices([defaultIs(headset), headset, laptop]);
      await settle();
      expect(capture.openings).toHaveLength(0);
      expect(capture.live).toEqual([]);
    });

    test('keeps a microphone that the person has chosen', async () => {
      await media.selectMicrophone('laptop');
      await on('microphone');
      capture.changeDevices([defaultIs(headset), headset, laptop]);
      await settle();
      expect(capture.openings).toHaveLength(0);
      expect(media.devices.microphoneId).toBe('laptop');
    });
  });

  test('shows the device that is really in use', async () => {
    capture.infos = [info('audioinput', 'default')];
    const done = media.setMicrophone(true);
    capture.grant();
    await done;
    expect(media.devices.microphoneId).toBe('default');
  });

  test('says nothing when the person closes the picker of screens', async () => {
    const shared = media.screen.start();
    capture.refuse('screen_share_denied');
    await shared;
    expect(notices()).toEqual([]);
    expect(media.screen.state.status).toBe('failed');
  });

  test('says which failure a shared screen had, as one of the screen', async () => {
    const shared = media.screen.start();
    capture.refuse('device_busy');
    await shared;
    expect(notices()).toEqual(['screen-error device_busy']);
  });

  test('ends a shared screen that the browser ended, and says so', async () => {
    const shared = media.screen.start();
    const track = capture.grant();
    await shared;
    expect(media.screen.state.status).toBe('live');
    track.remoteStop();
    expect(media.screen.state.status).toBe('released');
    expect(notices()).toEqual(['screen-share-ended']);
  });

  test('does not share a screen that was chosen after sharing was stopped', async () => {
    const shared = media.screen.start();
    media.screen.stop();
    const track = capture.grant();
    await shared;
    expect(track.readyState).toBe('ended');
  });

  test.each<[string, Permission[], string[]]>([
    ['nothing from a participant', ['publish:microphone', 'unmute', 'publish:camera'], []],
    ['the microphone where only hosts unmute', ['publish:microphone', 'publish:camera'], ['microphone']],
    ['both from a viewer', ['chat'], ['microphone', 'camera']],
  ])('turns off what a call does not let the person send: %s', async (_what, permissions, taken) => {
    await on('microphone');
    await on('camera');
    expect(media.restrict(permissions)).toEqual(taken);
    expect([media.microphone.on, media.camera.on]).toEqual([
      !taken.includes('microphone'),
      !taken.includes('camera'),
    ]);
    expect(media.restrict(permissions)).toEqual([]);
  });

  test('turns off a device that is still starting, where the person may not send it', async () => {
    void media.setMicrophone(true);
    expect(media.restrict([])).toEqual(['microphone']);
    capture.grant();
    await settle();
    expect(media.microphone.on).toBe(false);
  });

  test('frees every device when it is closed', async () => {
    const done = Promise.all([media.setMicrophone(true), media.setCamera(true), media.screen.start()]);
    for (let opening = 0; opening < 3; opening += 1) capture.grant();
    await done;
    media.close();
    media.close();
    expect(capture.live).toEqual([]);
    capture.changeDevices([info('audiooutput', 'x')]);
    await settle();
    expect(notices()).toEqual([]);
  });
});

describe('preferences', () => {
  function storage(initial: string | null): Storage & { value: string | null } {
    return {
      value: initial,
      length: 0,
      getItem() {
        return this.value;
      },
      setItem(_: string, value: string) {
        this.value = value;
      },
      removeItem: () => {},
      clear: () => {},
      key: () => null,
    };
  }

  const preferences = (place: () => Storage) =>
    new StoredRecord('parley.preferences', parseCallPreferences, place);

  test('are remembered part by part', () => {
    const store = storage(null);
    preferences(() => store).save({ displayName: 'Ann' });
    preferences(() => store).save({ cameraId: 'c1' });
    expect(preferences(() => store).load()).toEqual({
      displayName: 'Ann',
      microphoneId: null,
      cameraId: 'c1',
      speakerId: null,
      afterMute: 'free-soon',
    });
  });

  test.each([
    [null],
    ['not json'],
    ['null'],
    ['[]'],
    ['{"displayName":5,"cameraId":{},"afterMute":"never"}'],
  ])('are empty when %p is stored', (stored) => {
    expect(preferences(() => storage(stored)).load()).toEqual({
      displayName: '',
      afterMute: 'free-soon',
      ...NOTHING,
    });
  });

  test('do without a storage that throws', () => {
    const forbidden = (): Storage => {
      throw new Error('blocked');
    };
    expect(preferences(forbidden).load().displayName).toBe('');
    expect(() => preferences(forbidden).save({ displayName: 'Ann' })).not.toThrow();
  });
});
