import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { opusParameters, simulcastParameters, vp8Parameters } from '@parley/common/testing';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { toRtpParametersMessage, type media, type rtp } from '@parley/proto/media-rpc';
import { TestNode, type TestPeer } from './support/test-node.ts';

/** Whatever comes in, the caller gets a code, the others notice nothing, and the worker's process stays the same. */

let testNode: TestNode;
let alice: TestPeer;
let transportId: string;
let workerPid: number | undefined;

beforeAll(async () => {
  testNode = await TestNode.create();
  workerPid = testNode.pool.workers[0]?.pid;
  alice = testNode.peer('room', 'alice');
  transportId = (await alice.open()).sendTransport?.transportId ?? '';
});

afterEach(async () => {
  const { workers } = await testNode.client.call('getStatus', {});
  expect(workers).toMatchObject([{ pid: workerPid, healthy: true, producers: 0, consumers: 0 }]);
});

afterAll(() => testNode.close());

const fingerprint = { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') };

test.each<[string, rtp.DtlsParametersInput]>([
  ['no fingerprints', { role: 'client', fingerprints: [] }],
  ['an empty fingerprint', { fingerprints: [{ algorithm: 'sha-256', value: '' }] }],
  ['a short fingerprint', { fingerprints: [{ ...fingerprint, value: 'AB:CD' }] }],
  [
    'a fingerprint that is not hexadecimal',
    { fingerprints: [{ ...fingerprint, value: fingerprint.value.replaceAll('A', 'X') }] },
  ],
  ['an unknown hash', { fingerprints: [{ ...fingerprint, algorithm: 'md5' }] }],
  ['a thousand fingerprints', { fingerprints: Array.from({ length: 1000 }, () => fingerprint) }],
  ['an unknown role', { role: 'boss', fingerprints: [fingerprint] }],
])('DTLS parameters with %s are refused', async (_name, dtlsParameters) => {
  const call = alice.client.call('connectTransport', { ...alice.of, transportId, dtlsParameters });
  await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
});

const vp8 = () => toRtpParametersMessage(vp8Parameters());
const codec = vp8().codecs?.[0] as rtp.RtpCodecParametersInput;
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

test.each<[string, rtp.RtpParametersInput]>([
  ['no codecs', { ...vp8(), codecs: [] }],
  ['thousands of codecs', { ...vp8(), codecs: many(5000, (i) => ({ ...codec, payloadType: i % 128 })) }],
  ['a codec nobody has', { ...vp8(), codecs: [{ ...codec, mimeType: 'video/theora' }] }],
  ['a MIME type that is none', { ...vp8(), codecs: [{ ...codec, mimeType: 'video/' }] }],
  [
    'an audio codec',
    { ...vp8(), codecs: [{ ...codec, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }] },
  ],
  ['a clock rate of 0', { ...vp8(), codecs: [{ ...codec, clockRate: 0 }] }],
  ['a payload type of 1000', { ...vp8(), codecs: [{ ...codec, payloadType: 1000 }] }],
  [
    'thousands of parameters',
    {
      ...vp8(),
      codecs: [{ ...codec, parameters: Object.fromEntries(many(5000, (i) => [`p${i}`, { number: i }])) }],
    },
  ],
  [
    'a __proto__ parameter',
    {
      ...vp8(),
      codecs: [
        { ...codec, mimeType: 'video/rtx', parameters: Object.fromEntries([['__proto__', { number: 1 }]]) },
      ],
    },
  ],
  ['thousands of encodings', { ...vp8(), encodings: many(5000, (i) => ({ ssrc: i + 1 })) }],
  ['an SSRC of 0', { ...vp8(), encodings: [{ ssrc: 0 }] }],
  ['the same SSRC twice', { ...vp8(), encodings: [{ ssrc: 9 }, { ssrc: 9 }] }],
  ['the same RID twice', { ...vp8(), encodings: [{ rid: 'a' }, { rid: 'a' }] }],
  ['an odd scalability mode', { ...vp8(), encodings: [{ ssrc: 9, scalabilityMode: 'L9T9' }] }],
  ['an encoding of a codec that is not there', { ...vp8(), encodings: [{ ssrc: 9, codecPayloadType: 50 }] }],
  ['a header extension nobody has', { ...vp8(), headerExtensions: [{ uri: 'urn:x', id: 1 }] }],
  [
    'a header extension of id 0',
    { ...vp8(), headerExtensions: [{ uri: 'urn:3gpp:video-orientation', id: 0 }] },
  ],
  [
    'the same header extension id twice',
    {
      ...vp8(),
      headerExtensions: [
        { uri: 'urn:3gpp:video-orientation', id: 3 },
        { uri: 'urn:ietf:params:rtp-hdrext:toffset', id: 3 },
      ],
    },
  ],
  ['a MID of a megabyte', { ...vp8(), mid: 'x'.repeat(1_000_000) }],
  ['an empty MID and no SSRC', { ...vp8(), mid: '', encodings: [{}] }],
  ['nothing at all', {}],
])('RTP parameters with %s are refused', async (_name, rtpParameters) => {
  const call = alice.client.call('produce', {
    ...alice.of,
    source: 'SOURCE_CAMERA',
    kind: 'MEDIA_KIND_VIDEO',
    rtpParameters,
  });
  await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
});

test('a source of the wrong kind is refused', async () => {
  const rtpParameters = toRtpParametersMessage(opusParameters());
  const call = alice.client.call('produce', {
    ...alice.of,
    source: 'SOURCE_CAMERA',
    kind: 'MEDIA_KIND_AUDIO',
    rtpParameters,
  });
  await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
});

test('thousands of codecs in the capabilities are refused, and no room is left of it', async () => {
  const codecs = many(5000, () => ROUTER_RTP_CAPABILITIES.codecs[0]!);
  const mallory = testNode.peer('other', 'mallory');
  await expect(mallory.open({ ...ROUTER_RTP_CAPABILITIES, codecs })).rejects.toMatchObject({
    code: 'invalid_request',
  });
  const broken = [{ ...ROUTER_RTP_CAPABILITIES.codecs[1]!, mimeType: 'video/rtx', parameters: { apt: 'x' } }];
  await expect(mallory.open({ ...ROUTER_RTP_CAPABILITIES, codecs: broken })).rejects.toMatchObject({
    code: 'invalid_request',
  });
  expect(testNode.node.roomCount).toBe(1);
});

test.each<[string, { roomId?: string; peerId?: string }]>([
  ['no room', { roomId: '' }],
  ['a room of a kilobyte', { roomId: 'r'.repeat(1024) }],
  ['a room with a slash', { roomId: '../etc' }],
  ['a room with a null byte', { roomId: 'a\0b' }],
  ['no peer', { peerId: '' }],
  ['a peer that is a prototype key', { peerId: '__proto__' }],
])('a request with %s is refused', async (_name, wrong) => {
  await expect(alice.client.call('closePeer', { ...alice.of, ...wrong })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

test.each<[string, media.SetConsumerLayersRequestInput['layers']]>([
  ['a layer of 200', [{ consumerId: 'x', preferredLayers: { spatialLayer: 200 } }]],
  ['a priority of 0', [{ consumerId: 'x', priority: 0 }]],
  ['a priority of 256', [{ consumerId: 'x', priority: 256 }]],
  ['nothing', []],
  ['thousands of entries', many(5000, (i) => ({ consumerId: `c${i}` }))],
])('layers with %s are refused', async (_name, layers) => {
  await expect(alice.client.call('setConsumerLayers', { ...alice.of, layers })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

test('thousands of consumers in one batch are refused', async () => {
  const items = many(5000, (i) => ({ producerId: `p${i}` }));
  await expect(alice.client.call('consume', { ...alice.of, items })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

test('parameters bent at random never end the worker', async () => {
  const mallory = testNode.peer('room', 'mallory');
  await mallory.open();
  const random = seeded(20_26);
  for (let round = 0; round < 300; round++) {
    const message = toRtpParametersMessage(round % 2 ? simulcastParameters() : vp8Parameters());
    bend(message, random);
    const request = {
      ...mallory.of,
      source: 'SOURCE_CAMERA',
      kind: 'MEDIA_KIND_VIDEO',
      rtpParameters: message,
    } as const;
    const { producerId } = await mallory.client.call('produce', request).catch(() => ({ producerId: '' }));
    if (producerId === '') continue;
    await alice.consume(producerId).catch(() => {});
    await mallory.client.call('closeProducer', { ...mallory.of, producerId });
  }
  await mallory.close();
});

/** A generator whose sequence is the same in every run, so that a failure can be repeated. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
}

const ODD = [
  0,
  1,
  2,
  127,
  128,
  255,
  65_535,
  2 ** 32 - 1,
  '',
  'x',
  'video/VP8',
  'video/rtx',
  'video/H264',
  'L3T3',
  'q',
];

/** Replaces one value somewhere in it, keeping its type, or doubles or drops an element of a list. */
function bend(value: object, random: (below: number) => number): void {
  const entries = Object.entries(value);
  const entry = entries[random(entries.length)];
  if (!entry) return;
  const [key, inner] = entry as [string, unknown];
  const target = value as Record<string, unknown>;
  if (isList(inner) && random(4) === 0) inner.push(...structuredClone(inner.slice(0, 1)));
  else if (isList(inner) && random(6) === 0) inner.pop();
  else if (typeof inner === 'object' && inner !== null) bend(inner, random);
  else {
    const fitting = ODD.filter((odd) => typeof odd === typeof inner);
    if (fitting.length > 0) target[key] = fitting[random(fitting.length)];
  }
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
