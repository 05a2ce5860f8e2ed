import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CallFailure } from '../../../src/call/base/call-failure.ts';
import { deviceErrorCode, screenFailure } from '../../../src/call/devices/device-failure.ts';
import { listDevices, missingDevices } from '../../../src/call/devices/device-list.ts';
import { LocalMedia } from '../../../src/call/devices/local-media.ts';
import { StoredRecord } from '../../../src/call/base/stored-record.ts';
import { parseCallPreferences } from '../../../src/call/devices/call-preferences.ts';
import { ManualCapture } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

const NOTHING = { microphoneId: null, cameraId: null, speakerId: null };

function info(kind: MediaDeviceKind, deviceId: string, label = deviceId): MediaDeviceInfo {
  return { kind, deviceId, label, groupId: '', toJSON: () => ({}) };
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

  test('of a screen that was not chosen have a code of their own', () => {
    expect(screenFailure(Object.assign(new Error('x'), { name: 'NotAllowedError' })).code).toBe(
      'screen_share_denied',
    );
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
  let notices: string[];
  let speakers: (string | null)[];
  let media: LocalMedia;

  beforeEach(() => {
    capture = new ManualCapture();
    notices = [];
    speakers = [];
    media = new LocalMedia({
      capture,
      chosen: { ...NOTHING, speakerId: 's1' },
      sinks: null,
      onChanged: () => {},
      onSpeakerChanged: (id) => speakers.push(id),
      onNotice: (kind: string, failure: CallFailure | null) =>
        notices.push(failure === null ? kind : `${kind} ${failure.code}`),
    });
  });

  test('falls back to the usual speaker when the chosen one is unplugged', async () => {
    capture.changeDevices([info('audiooutput', 'other')]);
    await settle();
    expect(speakers).toEqual([null]);
    expect(notices).toEqual(['speaker-unplugged']);
    expect(media.devices.speakerId).toBeNull();
  });

  test('forgets a chosen microphone that is gone while it is not in use, without a word', async () => {
    await media.selectMicrophone('m1');
    capture.changeDevices([info('audioinput', 'm2')]);
    await settle();
    expect(media.microphone.deviceId).toBeNull();
    expect(notices).toEqual([]);
  });

  test('says that a camera in use was unplugged, and which error there was when no other opens', async () => {
    const done = media.setCamera(true);
    const track = capture.grant();
    await done;
    track.remoteStop();
    capture.refuse('device_not_found');
    await settle();
    expect(notices).toEqual(['camera-unplugged', 'device-error device_not_found']);
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
    expect(notices).toEqual([]);
    expect(media.screen.state.status).toBe('failed');
  });

  test('ends a shared screen that the browser ended, and says so', async () => {
    const shared = media.screen.start();
    const track = capture.grant();
    await shared;
    expect(media.screen.state.status).toBe('live');
    track.remoteStop();
    expect(media.screen.state.status).toBe('released');
    expect(notices).toEqual(['screen-share-ended']);
  });

  test('does not share a screen that was chosen after sharing was stopped', async () => {
    const shared = media.screen.start();
    media.screen.stop();
    const track = capture.grant();
    await shared;
    expect(track.readyState).toBe('ended');
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
    expect(notices).toEqual([]);
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
    });
  });

  test.each([[null], ['not json'], ['null'], ['[]'], ['{"displayName":5,"cameraId":{}}']])(
    'are empty when %p is stored',
    (stored) => {
      expect(preferences(() => storage(stored)).load()).toEqual({ displayName: '', ...NOTHING });
    },
  );

  test('do without a storage that throws', () => {
    const forbidden = (): Storage => {
      throw new Error('blocked');
    };
    expect(preferences(forbidden).load().displayName).toBe('');
    expect(() => preferences(forbidden).save({ displayName: 'Ann' })).not.toThrow();
  });
});
