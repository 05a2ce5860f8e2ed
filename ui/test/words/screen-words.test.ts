import { describe, expect, test } from '@jest/globals';
import type { CallError, Notice } from '../../src/call/index.ts';
import { noticeWords } from '../../src/words/notice-words.ts';
import { screenErrorWords, shareWords } from '../../src/words/screen-words.ts';
import { english } from '../support/words.ts';

const error = (code: CallError['code']): CallError => ({ code, message: 'x', traceId: null });

const FAILURES: CallError['code'][] = [
  'screen_share_blocked',
  'screen_share_unsupported',
  'screen_sound_failed',
  'insecure_origin',
  'device_not_found',
  'device_busy',
  'device_failed',
  'forbidden',
  'unavailable',
];

describe('a screen that could not be shared', () => {
  test.each(FAILURES)('%s is said in words about screens', (code) => {
    const { title, advice } = screenErrorWords(english, error(code), false);
    expect(title).toMatch(/screen|share/i);
    expect(`${title} ${advice}`).not.toMatch(/unplug|plug|camera|microphone|video call/i);
    expect(advice).toMatch(/\.$/);
  });

  test('names the setting of a Mac, and only on a Mac', () => {
    const blocked = error('screen_share_blocked');
    expect(screenErrorWords(english, blocked, true).advice).toContain(
      'Privacy & Security, Screen & System Audio Recording',
    );
    expect(screenErrorWords(english, blocked, false).advice).not.toContain('System Settings');
  });

  test('says what this browser cannot do', () => {
    expect(screenErrorWords(english, error('screen_share_unsupported')).title).toBe(
      'This browser cannot share the screen',
    );
  });

  test('has these words in its notice', () => {
    const notice: Notice = { id: '1', kind: 'screen-error', error: error('device_busy'), at: 0 };
    const devices = { microphone: { status: 'failed', error: error('device_busy') } } as const;
    const words = noticeWords(english, notice, { ...devices, camera: { status: 'released' } });
    expect(words.title).toBe('Your system did not give the picture of your screen');
  });
});

describe('a person who shares reads', () => {
  test.each([
    [{ paused: false, hasSound: false }, 'You are sharing your screen', 'Everyone sees it.'],
    [
      { paused: false, hasSound: true },
      'You are sharing your screen',
      'Everyone sees it and hears its sound.',
    ],
    [
      { paused: true, hasSound: true },
      'Your screen share is paused',
      'The others see and hear nothing of it.',
    ],
  ])('%j', (share, title, detail) => {
    expect(shareWords(english, { content: 'text', ...share })).toEqual({ title, detail });
  });
});
