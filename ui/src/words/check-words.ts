import { levelDown, levelUp } from '../call/check/bandwidth-level.ts';
import type { Bandwidth, CheckCode, CheckFacts, CheckName, CheckResult } from '../call/check/check.ts';
import { bitrate, milliseconds, percent } from '../format/measures.ts';
import type { Words } from '../languages/words.ts';
import { deviceErrorWords } from './device-words.ts';
import { errorWords } from './error-words.ts';

/** The finding, and the fix; null if there is nothing to fix. */
export type CheckWords = { finding: string; fix: string | null };

type Explain = (words: Words, facts: CheckFacts, name: CheckName) => CheckWords;

/** Codes whose words need more than the addresses and ports of the facts. */
const SPECIAL = {
  clock: ({ t }, { secondsAhead = 0 }) => ({
    finding: t('check.findings.clock', {
      seconds: String(Math.abs(secondsAhead)),
      direction: secondsAhead > 0 ? 'ahead' : 'behind',
    }),
    fix: sentences(t('check.fixes.clock'), t('check.operators.clock')),
  }),
  call: (words, { error = 'internal' }) => {
    const { title, advice } = errorWords(words, { code: error, message: error, traceId: null });
    return {
      finding: words.t('check.findings.call', { title: title, code: error }),
      fix: sentences(advice, words.t('check.operators.call')),
    };
  },
  'no-candidate': ({ t }, _facts, name) => ({
    finding: t('check.findings.no-candidate', { protocol: name.toUpperCase() }),
    fix: null,
  }),
  slow: (words, { bandwidth }) => ({
    finding: bandwidth === undefined ? words.t('check.findings.slow') : bandwidthWords(words, bandwidth),
    fix: words.t('check.fixes.slow'),
  }),
  loss: (words, { bandwidth }) => ({
    finding: sentences(
      words.t('check.findings.loss'),
      bandwidth === undefined ? null : bandwidthWords(words, bandwidth),
    ),
    fix: words.t('check.fixes.loss'),
  }),
  device: (words, { error = 'device_failed' }, name) => {
    const device = name === 'camera' ? 'camera' : 'microphone';
    const { title, advice } = deviceErrorWords(words, device, { code: error, message: error, traceId: null });
    return { finding: words.t('check.findings.device', { title }), fix: advice };
  },
} satisfies Partial<Record<CheckCode, Explain>>;

const FIXES = {
  'insecure-origin': 'check.fixes.insecure-origin',
  edge: 'check.fixes.edge',
  'sign-in': 'check.fixes.sign-in',
  websocket: 'check.fixes.websocket',
  'udp-port': 'check.fixes.udp-port',
  'announced-address': 'check.fixes.announced-address',
  'no-answer': 'check.fixes.no-answer',
  'no-speaker': 'check.fixes.no-speaker',
  internal: 'check.fixes.internal',
} as const;

const OPERATORS = {
  edge: 'check.operators.edge',
  websocket: 'check.operators.websocket',
  'udp-port': 'check.operators.udp-port',
  'tcp-port': 'check.operators.tcp-port',
  relay: 'check.operators.relay',
  web: 'check.operators.web',
  'announced-address': 'check.operators.announced-address',
} as const;

export function checkWords(words: Words, name: CheckName, { code, facts }: CheckResult): CheckWords {
  if (code === 'fine') return { finding: fineWords(words, name, facts), fix: null };
  if (has(SPECIAL, code)) return SPECIAL[code](words, facts, name);
  return usualWords(words, code, facts);
}

type UsualCode = Exclude<CheckCode, 'fine' | keyof typeof SPECIAL>;

function usualWords(words: Words, code: UsualCode, facts: CheckFacts): CheckWords {
  const { t } = words;
  const values = placeValues(words, facts);
  const fix = has(FIXES, code) ? t(FIXES[code]) : null;
  const operator = has(OPERATORS, code) ? t(OPERATORS[code], values) : null;
  return {
    finding: t(`check.findings.${code}`, values),
    fix: fix === null && operator === null ? null : sentences(fix, operator),
  };
}

/** The finding if nothing is wrong. */
function fineWords(words: Words, name: CheckName, facts: CheckFacts): string {
  const { t } = words;
  if (name === 'bandwidth' && facts.bandwidth !== undefined) return bandwidthWords(words, facts.bandwidth);
  const key = name === 'address' && facts.relayed === true ? 'addressRelayed' : name;
  return t(`check.fine.${key}`, placeValues(words, facts));
}

function bandwidthWords(words: Words, bandwidth: Bandwidth): string {
  const { up, down, lossUp, lossDown, roundTripMs } = bandwidth;
  const { t } = words;
  return t('check.bandwidth.summary', {
    up: bitrate(words, up),
    upEnough: t(`check.bandwidth.enough.${levelUp(bandwidth)}`),
    down: bitrate(words, down),
    downEnough: t(`check.bandwidth.enough.${levelDown(bandwidth)}`),
    loss: percent(words, Math.max(lossUp, lossDown)),
    time: milliseconds(words, roundTripMs),
  });
}

/** Where media was sent, for the texts that say so. */
function placeValues({ t }: Words, { addresses = [], ports = [], loopback }: CheckFacts) {
  const list = (items: readonly (string | number)[]) => items.join(', ') || t('check.unknownAddress');
  return {
    addresses: list(addresses),
    ports: list(ports),
    port: t('check.port', { ports: list(ports), addresses: list(addresses) }),
    reach: loopback === true ? 'loopback' : 'none',
  };
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' ');
}

function has<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}
