import { describe, expect, test } from '@jest/globals';
import type { CallError } from '../../src/call/index.ts';
import {
  erasureLines,
  providerError,
  readEmail,
  readNewPassword,
  refusalWords,
} from '../../src/words/account-words.ts';
import { english, wordsIn } from '../support/words.ts';

const failed = (code: CallError['code'], retryAfterMs?: number): CallError => ({
  code,
  message: 'No.',
  traceId: null,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('the words of account pages', () => {
  test('say when to try again', () => {
    expect(refusalWords(english, failed('rate_limited', 61_000), 'log-in').advice).toBe(
      'Try again in 2 minutes.',
    );
    expect(refusalWords(english, failed('rate_limited', 900), 'log-in').advice).toBe(
      'Try again in 1 minute.',
    );
    expect(refusalWords(english, failed('rate_limited'), 'log-in').advice).toBe(
      'Wait a moment, then try again.',
    );
  });

  test('fit what the person did', () => {
    const title = (...args: [CallError['code'], Parameters<typeof refusalWords>[2]]) =>
      refusalWords(english, failed(args[0]), args[1]).title;
    expect(title('credentials_invalid', 'log-in')).toBe('The e-mail address or the password is wrong');
    expect(title('credentials_invalid', 'change')).toBe('The current password is wrong');
    expect(title('credentials_invalid', 'change-without-password')).toBe('Log in once more first');
    expect(title('link_invalid', 'use-invitation')).toBe('This invitation does not work');
    expect(title('unavailable', 'log-in')).toBe('The server is not available right now');
  });

  test('name the error that a provider left in the address', () => {
    expect(providerError('?openid=email_taken')).toMatchObject({ code: 'email_taken' });
    expect(providerError('?openid=done')).toBeNull();
    expect(providerError('')).toBeNull();
    expect(providerError('?openid=<script>')).toMatchObject({ code: 'internal' });
  });

  test('refuse an address that is none, and a short password', () => {
    expect(readEmail(english, ' Ada@Example.com ')).toEqual({ value: 'ada@example.com', problem: null });
    expect(readEmail(english, 'ada').problem).toMatch(/whole address/);
    expect(readNewPassword(english, 'x'.repeat(9)).problem).toMatch(/at least 10/);
    expect(readNewPassword(english, 'x'.repeat(257)).problem).toMatch(/at most 256/);
  });

  test('say what went with an account, in each language', () => {
    const report = {
      roomsDeleted: 2,
      roomsHandedOver: 1,
      attendanceAnonymised: 0,
      messagesAnonymised: 1,
      bansDeleted: 0,
      actsAnonymised: 3,
    };
    expect(erasureLines(english, report)).toEqual([
      '2 rooms were deleted.',
      '1 room belongs to somebody else now.',
      'Your name was in no past call.',
      'Your name went from 1 message.',
      'Your name went from 3 notes about what hosts did.',
    ]);
    expect(erasureLines(wordsIn('ar'), report)).toHaveLength(5);
  });
});
