import { describe, expect, test } from '@jest/globals';
import type { Act } from '@parley/proto/room';
import type { CallError, Notice } from '../../src/call/index.ts';
import { LANGUAGE_CODES } from '../../src/languages/languages.ts';
import type { Words } from '../../src/languages/words.ts';
import { noticeWords } from '../../src/words/notice-words.ts';
import { screenErrorWords, shareWords } from '../../src/words/screen-words.ts';
import { english, wordsIn } from '../support/words.ts';

const OTHERS = LANGUAGE_CODES.filter((language) => language !== 'en');

const KINDS: Record<Notice['kind'], true> = {
  'speaker-unplugged': true,
  'screen-sound-left-out': true,
  'screen-share-ended': true,
  'network-poor': true,
  'computer-busy': true,
  reconnected: true,
  'media-restored': true,
  'no-media': true,
  'autoplay-blocked': true,
  'pictures-blocked': true,
  'pictures-limited': true,
  'device-replaced': true,
  'device-silenced': true,
  'device-soundless': true,
  'device-asks': true,
  'device-error': true,
  'screen-error': true,
  'request-failed': true,
  act: true,
};

const notice = (kind: Notice['kind'], more: Partial<Notice> = {}): Notice => ({
  id: '1',
  kind,
  error: null,
  at: 0,
  ...more,
});

const inWords = (words: Words, said: Notice) =>
  noticeWords(words, said, { microphone: { status: 'released' }, camera: { status: 'released' } });

describe('notices', () => {
  test.each(OTHERS)('are said in the words of "%s", as long and as urgent as in English', (language) => {
    for (const kind of Object.keys(KINDS) as Notice['kind'][]) {
      const expected = inWords(english, notice(kind));
      const { title, advice, ...rest } = inWords(wordsIn(language), notice(kind));
      expect({ kind, ...rest }).toEqual({ kind, tone: expected.tone, lasting: expected.lasting });
      expect(title).not.toBe(expected.title);
      expect(advice === null).toBe(expected.advice === null);
      if (advice !== null) expect(advice).toMatch(/[.؟]$/);
    }
  });

  test.each<[Partial<Act>, string]>([
    [{ kind: 'muted' }, 'Hana muted you'],
    [{ kind: 'muted', byName: null }, 'You are muted now'],
    [{ kind: 'asked-to-unmute' }, 'Hana asks you to unmute'],
    [{ kind: 'stopped', source: 'camera' }, 'Hana turned off your camera'],
    [{ kind: 'stopped', source: 'screen' }, 'Hana ended your screen share'],
    [{ kind: 'stopped', source: 'microphone', byName: null }, 'Your microphone is off now'],
    [{ kind: 'hand-lowered' }, 'Hana lowered your hand'],
    [{ kind: 'role-changed', role: 'viewer' }, 'Hana lets you watch only'],
    [{ kind: 'role-changed', role: 'host', byName: null }, 'You are the host now'],
    [{ kind: 'removed' }, 'Hana removed you from the call'],
    [{ kind: 'banned' }, 'Hana removed you from the call for good'],
    [{ kind: 'call-ended' }, 'Hana ended the call for everybody'],
  ])('of an act %j say what was done and by whom', (given, title) => {
    const act: Act = { kind: 'muted', byPeerId: null, byName: 'Hana', at: 0, ...given };
    const said = inWords(english, notice('act', { act }));
    expect(said).toMatchObject({ title, tone: 'neutral' });
    expect(said.advice).toMatch(/\.$/);
    for (const language of OTHERS) {
      const translated = inWords(wordsIn(language), notice('act', { act }));
      expect(translated.title).not.toMatch(/[{}]/);
      if (act.byName !== null) expect(translated.title).toContain('Hana');
      expect(translated.advice).toMatch(/[.؟]$/);
    }
  });

  test.each([
    ['en', 'you may see fewer pictures, or yours is sent smaller'],
    ['de', 'siehst du vielleicht weniger Bilder, oder deines'],
    ['fr', 'vous voyez peut-être moins d’images, ou la vôtre'],
    ['es', 'puede que veas menos imágenes o que la tuya'],
    ['ar', 'قد ترى صورًا أقل أو'],
  ] as const)(
    'of a busy computer are true in "%s" also if only the own picture is smaller',
    (language, said) => {
      const words = language === 'en' ? english : wordsIn(language);
      expect(inWords(words, notice('computer-busy')).advice).toContain(said);
    },
  );

  test('of good news have no advice and go by themselves', () => {
    for (const kind of ['reconnected', 'media-restored'] as const)
      expect(inWords(english, notice(kind))).toMatchObject({ advice: null, tone: 'good', lasting: false });
  });

  test.each([
    ['microphone', 'Another one is used now. Mute it if you do not want this.'],
    ['camera', 'Another one is used now. Turn it off if you do not want this.'],
    ['both', 'Others are used now. Turn them off if you do not want this.'],
  ] as const)('say that another %s is used', (device, advice) => {
    expect(inWords(english, notice('device-replaced', { device })).advice).toBe(advice);
  });

  test('of a request without a known error say to try again', () => {
    expect(inWords(english, notice('request-failed'))).toMatchObject({
      title: 'That did not work',
      advice: 'Try again.',
    });
  });
});

describe.each(OTHERS)('the words about screens in "%s"', (language) => {
  const words = wordsIn(language);
  const error = (code: CallError['code']): CallError => ({ code, message: 'x', traceId: null });

  test('name the button for sharing as it is called', () => {
    const { advice } = screenErrorWords(words, error('device_failed'), false);
    const quoted = /[„«]\s?([^“»]+?)\s?[“»]/.exec(advice)?.[1];
    const caption = { de: 'Bildschirm teilen', fr: 'Partager l’écran', es: 'Compartir pantalla' };
    expect(quoted).toBe({ ...caption, ar: 'مشاركة الشاشة', en: '' }[language]);
  });

  test('differ on a Mac', () => {
    const on = (mac: boolean) => screenErrorWords(words, error('screen_share_blocked'), mac).advice;
    expect(on(true)).not.toBe(on(false));
  });

  test('say an error that is not about screens in the words of this language', () => {
    const { title, advice } = screenErrorWords(words, error('room_full'), false);
    expect(title).toBe(words.t('screen.notShared'));
    expect(advice).toBe(`${words.t('errors.room_full.title')}. ${words.t('errors.room_full.advice')}`);
  });

  test('say whether others hear the screen', () => {
    const said = (hasSound: boolean) =>
      shareWords(words, { content: 'text', paused: false, hasSound }).detail;
    expect(said(true)).not.toBe(said(false));
  });
});

test('somebody who was muted and may not unmute is advised to raise a hand', () => {
  const act: Act = { kind: 'muted', byPeerId: null, byName: 'Hana', at: 1 };
  const devices = { microphone: { status: 'released' }, camera: { status: 'released' } } as const;
  const said = (mayUnmute: boolean) =>
    noticeWords(english, notice('act', { act }), { ...devices, mayUnmute });
  expect(said(true)).toMatchObject({ title: 'Hana muted you', advice: expect.stringContaining('Unmute') });
  expect(said(false)).toMatchObject({ title: 'Hana muted you', advice: expect.stringContaining('hand') });
});

test('the question whether to unmute stays until it is answered', () => {
  const act: Act = { kind: 'asked-to-unmute', byPeerId: null, byName: 'Hana', at: 1 };
  expect(inWords(english, notice('act', { act })).lasting).toBe(true);
});
