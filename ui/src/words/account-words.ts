import { isErrorCode, type ErrorCode } from '@parley/proto/errors';
import { emailSchema, PASSWORD_MAX, PASSWORD_MIN, type ErasureReport } from '@parley/proto/rest';
import type { CallError } from '../call/index.ts';
import { durationWords } from '../format/durations.ts';
import type { Words } from '../languages/words.ts';
import { errorWords, type ErrorWords } from './error-words.ts';

export type FieldReading = { value: string; problem: null } | { value: null; problem: string };

export function readEmail({ t }: Words, typed: string): FieldReading {
  const { data } = emailSchema.safeParse(typed);
  return data === undefined
    ? { value: null, problem: t('accounts.emailWrong') }
    : { value: data, problem: null };
}

/** A password that somebody chose before: whatever it is. */
export function readPassword({ t }: Words, typed: string): FieldReading {
  return typed === ''
    ? { value: null, problem: t('accounts.passwordMissing') }
    : { value: typed, problem: null };
}

export function readNewPassword({ t }: Words, typed: string): FieldReading {
  if (typed.length < PASSWORD_MIN)
    return { value: null, problem: t('accounts.passwordShort', { count: PASSWORD_MIN }) };
  if (typed.length > PASSWORD_MAX)
    return { value: null, problem: t('accounts.passwordLong', { count: PASSWORD_MAX }) };
  return { value: typed, problem: null };
}

/** What a person was doing when the server refused. */
export type AccountStep =
  | 'log-in'
  | 'provider'
  | 'register'
  | 'set-up'
  | 'use-invitation'
  | 'confirm'
  | 'reset'
  | 'change'
  | 'change-without-password';

type Refusal = Pick<ErrorWords, 'title' | 'advice'>;

/** A refusal in words that fit what the person did. Where a log-in is refused they do not show whether there is such an account. */
export function refusalWords(words: Words, error: CallError, step: AccountStep): ErrorWords {
  const general = errorWords(words, error);
  return { ...general, ...(waitWords(words, error) ?? stepWords(words, error.code, step)) };
}

function waitWords(words: Words, { code, retryAfterMs }: CallError): Refusal | undefined {
  if (code !== 'rate_limited' || retryAfterMs === undefined) return undefined;
  const { t } = words;
  const duration = durationWords(words, Math.ceil(retryAfterMs / 60_000) * 60_000);
  return { title: t('accounts.tooOften.title'), advice: t('accounts.tooOften.advice', { duration }) };
}

/** The words of the catalogue for a refusal, where the general ones of its code do not fit. */
const STEP_WORDS = {
  'provider link_invalid': 'providerLate',
  'provider credentials_invalid': 'providerRefused',
  'provider registration_closed': 'providerUnknown',
  'provider email_taken': 'providerTaken',
  'provider unavailable': 'providerAway',
  'set-up setup_needed': 'setupCode',
  'set-up email_taken': 'addressTaken',
  'register email_taken': 'addressTaken',
  'use-invitation email_taken': 'addressTaken',
  'use-invitation link_invalid': 'invitation',
  'confirm link_invalid': 'confirmationLink',
  'confirm email_taken': 'confirmationTaken',
  'reset link_invalid': 'resetLink',
  'change credentials_invalid': 'password',
  'change conflict': 'lastOperator',
  'change-without-password credentials_invalid': 'logInAgain',
  'change-without-password conflict': 'lastOperator',
} as const satisfies Partial<Record<`${AccountStep} ${ErrorCode}`, string>>;

function stepWords({ t }: Words, code: CallError['code'], step: AccountStep): Refusal | undefined {
  const situation = `${step} ${code}`;
  if (!Object.hasOwn(STEP_WORDS, situation)) return undefined;
  const key = STEP_WORDS[situation as keyof typeof STEP_WORDS];
  return { title: t(`accounts.refused.${key}.title`), advice: t(`accounts.refused.${key}.advice`) };
}

/** Why a log-in through a provider failed, as the address of the log-in page says; null for any other address. */
export function providerError(search: string): CallError | null {
  const outcome = new URLSearchParams(search).get('openid');
  if (outcome === null || outcome === 'done') return null;
  const code = isErrorCode(outcome) ? outcome : 'internal';
  return { code, message: outcome.slice(0, 64), traceId: null };
}

/** What went with an account, one line each. */
export function erasureLines({ t }: Words, report: ErasureReport): string[] {
  const { roomsDeleted, roomsHandedOver, attendanceAnonymised, messagesAnonymised, bansDeleted } = report;
  const { actsAnonymised } = report;
  return [
    t('accounts.account.erased.rooms', { count: roomsDeleted }),
    ...(roomsHandedOver > 0 ? [t('accounts.account.erased.handedOver', { count: roomsHandedOver })] : []),
    t('accounts.account.erased.attendance', { count: attendanceAnonymised }),
    t('accounts.account.erased.messages', { count: messagesAnonymised }),
    ...(actsAnonymised > 0 ? [t('accounts.account.erased.acts', { count: actsAnonymised })] : []),
    ...(bansDeleted > 0 ? [t('accounts.account.erased.bans', { count: bansDeleted })] : []),
  ];
}
