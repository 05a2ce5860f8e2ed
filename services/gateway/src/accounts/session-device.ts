import type { SessionDevice } from '@parley/proto/rest';

type Known<T> = readonly (readonly [name: T, sign: RegExp])[];

/** The first that fits: most browsers also name the one that they descend from. */
const BROWSERS: Known<NonNullable<SessionDevice['browser']>> = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  // Chrome without a window calls itself HeadlessChrome.
  ['Chrome', /(?:Chrome|\bCriOS)\//],
  ['Safari', /\bVersion\/\S+ .*\bSafari\//],
];
const SYSTEMS: Known<NonNullable<SessionDevice['system']>> = [
  ['iOS', /\((?:iPhone|iPad|iPod)/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];
/** A longer header is no browser's. */
const USER_AGENT_MAX = 500;

/** What a browser says of itself with its requests. It may say anything, so nothing is decided by it. */
export function sessionDevice(userAgent: string | undefined): SessionDevice {
  const text = (userAgent ?? '').slice(0, USER_AGENT_MAX);
  return { browser: firstOf(BROWSERS, text), system: firstOf(SYSTEMS, text) };
}

function firstOf<T>(known: Known<T>, text: string): T | null {
  return known.find(([, sign]) => sign.test(text))?.[0] ?? null;
}
