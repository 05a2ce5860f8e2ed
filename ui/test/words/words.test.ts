import { describe, expect, test } from '@jest/globals';
import { ERROR_CODES } from '@parley/proto/errors';
import { traceIdSchema } from '@parley/proto/ids';
import type { CallError, DeviceState, Notice } from '../../src/call/index.ts';
import { clock, durationWords } from '../../src/format/durations.ts';
import { initials, nameHue } from '../../src/format/initials.ts';
import { bitrate, milliseconds, resolution, percent } from '../../src/format/measures.ts';
import { isAsking, isSilenced, switchState } from '../../src/selectors/is-on.ts';
import { handPlace, raisedHands } from '../../src/selectors/people.ts';
import { personWords } from '../../src/words/person-words.ts';
import { shortcutFor, SHORTCUTS } from '../../src/browser/shortcuts.ts';
import { cameraWords, deviceErrorWords, devicesOf } from '../../src/words/device-words.ts';
import { errorWords, isRetryable, referenceOf } from '../../src/words/error-words.ts';
import { readName } from '../../src/words/name-words.ts';
import { noticeWords } from '../../src/words/notice-words.ts';
import { participant } from '../support/call-state.ts';
import { english, wordsIn } from '../support/words.ts';

const error = (code: CallError['code']): CallError => ({ code, message: 'internal words', traceId: null });

describe('errors', () => {
  test.each(ERROR_CODES)('%s has a title and advice of its own, not the message of the log', (code) => {
    const { title, advice } = errorWords(english, error(code));
    expect(title).not.toMatch(/internal words|_/);
    expect(advice).toMatch(/\.$/);
  });

  test('a device problem names the device', () => {
    expect(deviceErrorWords(english, 'camera', error('device_busy')).title).toBe(
      'Another program is using your camera',
    );
    expect(deviceErrorWords(english, 'both', error('device_permission_denied')).title).toContain(
      'microphone and camera',
    );
  });

  test('an error that another attempt cannot mend is not retryable', () => {
    expect(isRetryable(error('room_not_found'))).toBe(false);
    expect(isRetryable(error('unavailable'))).toBe(true);
    expect(isRetryable(error('network_unreachable'))).toBe(true);
    expect(isRetryable(error('unsupported_browser'))).toBe(false);
  });

  test.each([
    ['internal', true],
    ['unavailable', true],
    ['timeout', true],
    ['rate_limited', false],
    ['at_capacity', false],
    ['room_not_found', false],
    ['network_unreachable', false],
    ['device_busy', false],
    ['screen_share_denied', false],
  ] as const)('%s shows the reference for the logs of the server: %s', (code, shown) => {
    const traceId = traceIdSchema.parse('ab'.repeat(16));
    expect(referenceOf({ ...error(code), traceId })).toBe(shown ? traceId : null);
  });

  test('a notice of a device error names the device', () => {
    const failed = error('device_busy');
    const notice: Notice = { id: '1', kind: 'device-error', device: 'camera', error: failed, at: 0 };
    const words = (camera: DeviceState) =>
      noticeWords(english, notice, { microphone: { status: 'live' }, camera });
    expect(words({ status: 'failed', error: failed }).title).toBe('Another program is using your camera');
    expect(words({ status: 'live' }).title).toBe('The other camera did not start');
  });

  test.each([
    'device_permission_denied',
    'device_not_found',
    'device_failed',
    'device_stopped',
    'device_unplugged',
  ] as const)('%s of two devices is said in the plural', (code) => {
    const { title, advice } = deviceErrorWords(english, 'both', error(code));
    expect(title).toMatch(/microphone and (no )?camera/);
    expect(`${title} ${advice}`).not.toMatch(/\b(it|was|another one)\b/i);
    expect(deviceErrorWords(english, 'camera', error(code)).title).toContain('camera');
  });
});

describe('a name that a person types', () => {
  test('is used without the spaces and direction marks around it', () => {
    expect(readName(english, '  Ada   Lovelace ')).toEqual({ displayName: 'Ada Lovelace', problem: null });
    expect(readName(english, '\u2068Ada\u2069')).toEqual({ displayName: 'Ada', problem: null });
    expect(readName(english, 'x'.repeat(64)).problem).toBeNull();
  });

  test.each([
    ['empty', '', 'Enter your name'],
    ['blank', ' \t ', 'Enter your name'],
    ['too long', 'x'.repeat(65), 'too long'],
    ['much too long', 'x'.repeat(300), 'too long'],
    ['one with a control character', 'A\u0007da', 'cannot be shown'],
    ['one that cannot be seen', '\u3164\u200b', 'Enter your name'],
    ['half of an emoji', 'Ada \ud83d', 'cannot be shown'],
    ['an emoji alone', '\u{1f388}', 'a letter or a digit'],
  ])('is refused with the reason if it is %s', (_what, typed, reason) => {
    expect(readName(english, typed).displayName).toBeNull();
    expect(readName(english, typed).problem).toContain(reason);
  });
});

describe('the notices of devices', () => {
  const words = (kind: Notice['kind'], device: NonNullable<Notice['device']>) =>
    noticeWords(
      english,
      { id: '1', kind, device, error: null, at: 0 },
      { microphone: { status: 'released' }, camera: { status: 'released' } },
    );

  test.each(['device-replaced', 'device-silenced', 'device-asks'] as const)(
    '%s names the device or both',
    (kind) => {
      const said = (device: NonNullable<Notice['device']>) => {
        const { title, advice } = words(kind, device);
        return `${title} ${advice}`;
      };
      expect(said('microphone')).toMatch(/microphone/);
      expect(said('microphone')).not.toMatch(/camera/);
      expect(said('camera')).not.toMatch(/microphone/);
      expect(said('both')).toMatch(/microphone and camera/);
    },
  );

  test('asks for an answer until it is given', () => {
    expect(words('device-asks', 'both')).toMatchObject({
      title: 'Answer the question of your browser',
      lasting: true,
    });
  });
});

describe('the camera before the call', () => {
  test.each<[DeviceState, boolean, string]>([
    [{ status: 'live' }, true, 'Your camera is on'],
    [{ status: 'starting' }, true, 'Starting the camera…'],
    [{ status: 'failed', error: error('device_busy') }, true, 'No picture'],
    [{ status: 'released' }, false, 'Your camera is off'],
  ])('%j is said as it is', (camera, wanted, said) => {
    expect(cameraWords(english, camera, wanted)).toBe(said);
  });

  test('notes are about each device, or about both at once', () => {
    expect([devicesOf(true, true), devicesOf(true, false), devicesOf(false, true)]).toEqual([
      'both',
      'microphone',
      'camera',
    ]);
    expect(devicesOf(false, false)).toBeNull();
    expect(isAsking({ status: 'starting', asking: true })).toBe(true);
    expect(isAsking({ status: 'starting' })).toBe(false);
    expect(isSilenced({ status: 'live', silenced: true })).toBe(true);
    expect(isSilenced({ status: 'live' })).toBe(false);
  });

  test.each<[DeviceState['status'], string]>([
    ['released', 'off'],
    ['starting', 'starting'],
    ['live', 'on'],
    ['failed', 'off'],
  ])('a switch shows %s as %s', (status, shown) => {
    expect(switchState({ status } as DeviceState)).toBe(shown);
  });
});

describe('people in words', () => {
  test('a person whose media is lost is not called muted', () => {
    const away = { microphoneOn: false, cameraOn: false, restoring: true };
    expect(personWords(english, participant('Ada', away))).toBe('Ada, reconnecting');
    expect(personWords(english, participant('Ada', { ...away, isSelf: true }))).toBe(
      'Ada (you), muted, camera off, reconnecting',
    );
  });

  test('the name of a tile has every state', () => {
    const busy = participant('Ada', {
      microphoneOn: false,
      cameraOn: false,
      screenOn: true,
      handRaisedAt: 1,
    });
    expect(personWords(english, busy)).toBe('Ada, muted, camera off, sharing the screen, hand raised');
    expect(personWords(english, participant('Ada', { isSelf: true, speaking: true }))).toBe(
      'Ada (you), speaking',
    );
    expect(personWords(english, participant('Ada', { microphoneOn: false, speaking: true }))).toBe(
      'Ada, muted',
    );
  });

  test('the name of a tile is in the language of the page', () => {
    const away = participant('Ada', { isSelf: true, microphoneOn: false, quality: 1 });
    expect(personWords(wordsIn('de'), away)).toBe('Ada (du), stumm, schlechte Verbindung');
    expect(personWords(wordsIn('ar'), away)).toBe('\u2068Ada\u2069 (أنت)، مكتوم، الاتصال ضعيف');
  });

  test('raised hands are in the order in which they were raised', () => {
    const first = participant('first', { handRaisedAt: 10 });
    const second = participant('second', { handRaisedAt: 20 });
    const people = [participant('none'), second, first];
    expect(raisedHands(people)).toEqual([first, second]);
    expect(handPlace(people, second)).toBe(2);
    expect(handPlace(people, participant('none'))).toBeNull();
  });

  test.each([
    ['Ada Lovelace', 'AL'],
    ['ada', 'A'],
    ['  Jean-Luc   Picard ', 'JP'],
    ['élodie', 'É'],
    ['🎉', '🎉'],
    ['李 小龍', '李小'],
    ['', '?'],
  ])('the initials of "%s" are %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  test('a name has the same colour in upper and lower case', () => {
    expect(nameHue('Ada')).toBe(nameHue('ADA'));
    expect(nameHue('Ada')).not.toBe(nameHue('Bela'));
  });
});

describe('measures in words', () => {
  test('a clock shows minutes and seconds, and a duration is in words', () => {
    expect([clock(english, 0), clock(english, 247_000), clock(english, 3_753_000)]).toEqual([
      '0:00',
      '4:07',
      '1:02:33',
    ]);
    expect(durationWords(english, 59_000)).toBe('less than a minute');
    expect(durationWords(english, 60_000)).toBe('1 minute');
    expect(durationWords(english, 7_500_000)).toBe('2 hours and 5 minutes');
  });

  test('an unknown value is a dash', () => {
    expect([
      bitrate(english, null),
      percent(english, null),
      milliseconds(english, null),
      resolution(english, null, 1, 1),
    ]).toEqual(['–', '–', '–', '–']);
  });

  test('a known value has its unit', () => {
    expect([bitrate(english, 850_400), bitrate(english, 1_240_000)]).toEqual(['850 kbit/s', '1.2 Mbit/s']);
    expect([percent(english, 0), percent(english, 0.004), percent(english, 0.25)]).toEqual([
      '0 %',
      '0.4 %',
      '25 %',
    ]);
    expect(resolution(english, 1280, 720, 29.97)).toBe('1280×720 at 30');
  });
});

describe('keys', () => {
  const press = (key: string, changes = {}) =>
    shortcutFor({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...changes });

  test('each key has one action', () => {
    expect(new Set(SHORTCUTS.map((shortcut) => shortcut.key)).size).toBe(SHORTCUTS.length);
    for (const shortcut of SHORTCUTS) expect(press(shortcut.key)).toBe(shortcut.id);
  });

  test.each([
    ['ь', 'KeyM', 'microphone'],
    ['μ', 'KeyM', 'microphone'],
    ['צ', 'KeyM', 'microphone'],
    ['ة', 'KeyM', 'microphone'],
    ['Ь', 'KeyM', 'microphone'],
    ['м', 'KeyV', 'camera'],
    ['؟', 'Slash', 'help'],
    ['،', 'KeyK', 'settings'],
    ['？', 'Slash', 'help'],
    // A Latin letter counts by itself: on a French keyboard M is where others have the semicolon.
    ['m', 'Semicolon', 'microphone'],
    [',', 'KeyM', 'settings'],
    ['é', 'KeyM', null],
    ['ж', 'Semicolon', null],
    ['Unidentified', 'KeyM', null],
  ])('the key %s at the place %s means %s', (key, code, expected) => {
    expect(press(key, { code })).toBe(expected);
  });

  test('a capital letter counts; a held key and a key with a modifier do not', () => {
    expect(press('M')).toBe('microphone');
    expect(press('m', { ctrlKey: true })).toBeNull();
    expect(press('m', { metaKey: true })).toBeNull();
    expect(press('m', { repeat: true })).toBeNull();
    expect(press('x')).toBeNull();
  });
});
