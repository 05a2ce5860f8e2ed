import { describe, expect, test } from '@jest/globals';
import { ROOM_CODE_ALPHABET, formatRoomCode } from '@parley/proto/ids';
import { regionTimesSchema } from '@parley/proto/regions';
import { PROTOCOL_VERSION, REQUESTS, handshakeAuthSchema, type RequestName } from '@parley/proto/requests';
import { dtlsParametersSchema, rtpParametersSchema } from '@parley/proto/rtp';

const fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') };
const codec = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000 };

describe('room codes', () => {
  test('carry 55 bits', () => {
    expect(new Set(ROOM_CODE_ALPHABET).size).toBe(32);
    expect(formatRoomCode('abcdefghjkm')).toBe('abcd-efgh-jkm');
  });
});

describe('every request', () => {
  test.each(Object.keys(REQUESTS) as RequestName[])(
    '%s refuses unknown keys, null and prototype keys',
    (name) => {
      const schema = REQUESTS[name].request;
      for (const bad of [
        null,
        undefined,
        7,
        'text',
        [],
        JSON.parse('{"__proto__":{"x":1}}'),
        { constructor: 1 },
        { extra: true },
      ]) {
        expect(schema.safeParse(bad).success).toBe(false);
      }
    },
  );

  test.each(Object.keys(REQUESTS) as RequestName[])('%s has a bounded rate', (name) => {
    const { burst, perSecond } = REQUESTS[name].rate;
    expect(burst).toBeGreaterThan(0);
    expect(burst).toBeLessThanOrEqual(60);
    expect(perSecond).toBeLessThanOrEqual(20);
  });
});

describe('the times of regions', () => {
  const time = { region: 'eu-west', rttMs: 20 };

  test.each<[string, unknown]>([
    ['a time that is negative', [{ ...time, rttMs: -1 }]],
    ['a time that is no whole number', [{ ...time, rttMs: 1.5 }]],
    ['a time that nobody waits for', [{ ...time, rttMs: 10_001 }]],
    ['a name with capital letters', [{ ...time, region: 'EU' }]],
    ['a name that begins with a digit', [{ ...time, region: '1-eu' }]],
    ['a name that ends with a hyphen', [{ ...time, region: 'eu-' }]],
    ['an empty name', [{ ...time, region: '' }]],
    ['a name that is too long', [{ ...time, region: 'x'.repeat(33) }]],
    ['an unknown key', [{ ...time, host: 'x' }]],
    ['more regions than there may be', Array(17).fill(time)],
    ['no list', time],
  ])('with %s are refused', (_, times) => {
    expect(regionTimesSchema.safeParse(times).success).toBe(false);
  });

  test('are those of sixteen regions at most, and may be absent', () => {
    expect(regionTimesSchema.parse(Array(16).fill(time))).toHaveLength(16);
    expect(regionTimesSchema.parse([{ region: 'a', rttMs: 0 }])).toHaveLength(1);
    const wish = { protocol: PROTOCOL_VERSION, rtpCapabilities: { codecs: [], headerExtensions: [] } };
    for (const name of ['room:join', 'lobby:open'] as const) {
      const accepts = (more: object) => REQUESTS[name].request.safeParse({ ...wish, ...more }).success;
      expect([accepts({}), accepts({ regionTimes: [time] })]).toEqual([true, true]);
      expect(accepts({ regionTimes: [{ ...time, rttMs: -1 }] })).toBe(false);
    }
  });
});

describe('media parameters from strangers', () => {
  test.each([
    ['no fingerprint', { fingerprints: [] }],
    ['a fingerprint of the wrong length', { fingerprints: [{ algorithm: 'sha-256', value: 'AB:CD' }] }],
    [
      'a fingerprint that is not hexadecimal',
      { fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('XY').join(':') }] },
    ],
    ['an unknown hash', { fingerprints: [{ ...fingerprint, algorithm: 'md5' }] }],
    ['too many fingerprints', { fingerprints: Array(9).fill(fingerprint) }],
    ['an unknown role', { role: 'both', fingerprints: [fingerprint] }],
  ])('DTLS parameters with %s are refused', (_, parameters) => {
    expect(dtlsParametersSchema.safeParse(parameters).success).toBe(false);
    expect(dtlsParametersSchema.safeParse({ role: 'client', fingerprints: [fingerprint] }).success).toBe(
      true,
    );
  });

  test.each([
    ['no codec', { codecs: [] }],
    ['thousands of codecs', { codecs: Array(5000).fill(codec) }],
    ['thousands of encodings', { codecs: [codec], encodings: Array(5000).fill({ ssrc: 1 }) }],
    ['a payload type out of range', { codecs: [{ ...codec, payloadType: 200 }] }],
    ['a huge parameter', { codecs: [{ ...codec, parameters: { x: 'y'.repeat(10_000) } }] }],
    ['a nested parameter', { codecs: [{ ...codec, parameters: { x: { y: 1 } } }] }],
    ['an unknown header extension', { codecs: [codec], headerExtensions: [{ uri: 'urn:x', id: 1 }] }],
    ['a negative SSRC', { codecs: [codec], encodings: [{ ssrc: -1 }] }],
    ['a made-up scalability mode', { codecs: [codec], encodings: [{ scalabilityMode: 'L99T99' }] }],
  ])('RTP parameters with %s are refused', (_, parameters) => {
    expect(rtpParametersSchema.safeParse(parameters).success).toBe(false);
    expect(rtpParametersSchema.safeParse({ codecs: [codec], encodings: [{ ssrc: 1 }] }).success).toBe(true);
  });
});

test('a handshake carries a join token or a resume secret, never both and nothing else', () => {
  expect(handshakeAuthSchema.safeParse({ token: 'x' }).success).toBe(true);
  expect(handshakeAuthSchema.safeParse({ resumeSecret: 'x'.repeat(43) }).success).toBe(true);
  expect(handshakeAuthSchema.safeParse({ token: 'x', resumeSecret: 'x'.repeat(43) }).success).toBe(false);
  expect(handshakeAuthSchema.safeParse({ token: 'x', peerId: 'me' }).success).toBe(false);
  expect(handshakeAuthSchema.safeParse({}).success).toBe(false);
});
