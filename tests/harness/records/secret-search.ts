import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './service-log.ts';
import type { Launcher } from '../servers/launcher.ts';
import type { Frame } from '../browser/wire-log.ts';

/** A text that no log may contain. */
export type Secret = { what: string; text: string };
export type LogText = { name: string; text: string };
/** Where a secret was found. Tests print findings, so a finding does not contain the secret. */
export type Finding = { what: string; name: string; line: number };

/** Shapes of secrets, to find those whose values the test does not know. */
const SHAPES: readonly [what: string, shape: RegExp][] = [
  ['a JWT', /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g],
  ['a TURN user name', /\b\d{10}:[A-Za-z0-9-]{16,64}\b/g],
  ['an ICE password', /ice-?pwd["':=\\ ]+(?!\[redacted\])[\w+/]{8,}/gi],
  ['a session description', /\bv=0(?:\\r|\\n|\r|\n)/g],
  ['a line of SDP', /\ba=(?:candidate|fingerprint|setup|mid|rtpmap|fmtp|ssrc|ice-ufrag):(?!\[redacted\])/g],
  ['a DTLS fingerprint', /(?:[0-9A-F]{2}:){19,}[0-9A-F]{2}/gi],
  ['the code of a room', /(?<![A-Za-z0-9-])(?:[a-hjkmnp-z02-9]{4}-){2}[a-hjkmnp-z02-9]{3}(?![A-Za-z0-9-])/g],
  ['a password in an address', /:\/\/[^\s/:@"]{1,64}:(?!\[redacted\])[^\s/@"]{1,256}@/g],
];

/** Secrets in the frames of a socket: tokens, resume secrets, ICE and TURN passwords, fingerprints. */
const ON_THE_WIRE: readonly [what: string, shape: RegExp][] = [
  ['a join token', /"token":"([^"]{16,})"/g],
  ['a resume secret', /"resumeSecret":"([^"]{16,})"/g],
  ['an ICE password', /"password":"([^"]{8,})"/g],
  ['a TURN user name', /"username":"([^"]{8,})"/g],
  ['a TURN password', /"credential":"([^"]{8,})"/g],
  ['a DTLS fingerprint', /"value":"((?:[0-9A-F]{2}:){8,}[0-9A-F]{2})"/gi],
];

/** The secrets that pages sent and received. */
export function secretsOf(frames: readonly Frame[]): Secret[] {
  const found = ON_THE_WIRE.flatMap(([what, shape]) =>
    frames.flatMap(({ raw }) =>
      [...raw.matchAll(shape)].map(([, text = '']) => ({ what, text: text.replaceAll('\\/', '/') })),
    ),
  );
  return [...new Map(found.map((secret) => [secret.text, secret])).values()];
}

/** Everything that a system wrote: each file in its folder of logs, and the output of the launcher. */
export function logsOf(launcher: Launcher): LogText[] {
  const files = filesUnder(launcher.logFolder).map((path) => ({ name: path, text: readText(path) }));
  return [...files, { name: 'the launcher', text: launcher.output }];
}

/** Finds a secret as it is, and as JSON escapes it. */
export function searchSecrets(logs: readonly LogText[], secrets: readonly Secret[]): Finding[] {
  const wanted = secrets.flatMap(({ what, text }) => writings(text).map((writing) => ({ what, writing })));
  return logs.flatMap(({ name, text }) => {
    const exact = wanted.flatMap(({ what, writing }) => {
      const at = text.indexOf(writing);
      return at < 0 ? [] : [{ what, name, line: lineAt(text, at) }];
    });
    const shaped = SHAPES.flatMap(([what, shape]) =>
      [...text.matchAll(shape)].map(({ index }) => ({ what, name, line: lineAt(text, index) })),
    );
    return [...exact, ...shaped];
  });
}

function writings(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped === text ? [text] : [text, escaped];
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
