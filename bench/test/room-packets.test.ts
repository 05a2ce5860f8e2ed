import { describe, expect, test } from '@jest/globals';
import { isRtcp, payloadBytesOf } from '../room/load/packets.ts';
import { Camera, Microphone } from '../room/load/sources.ts';
import { LAYERS, SILENCE_BYTES, SILENT_SENDS_ONE_OF, VOICE } from '../room/rates.ts';

function outlet(): { packets: Buffer[]; send: (packet: Buffer) => void } {
  const packets: Buffer[] = [];
  return { packets, send: (packet) => packets.push(Buffer.from(packet)) };
}

function firstOf([first]: readonly Buffer[]): Buffer {
  if (first === undefined) throw new Error('nothing was sent');
  return first;
}

const sequenceOf = (packet: Buffer) => packet.readUInt16BE(2);
const timestampOf = (packet: Buffer) => packet.readUInt32BE(4);
const ssrcOf = (packet: Buffer) => packet.readUInt32BE(8);

describe('a microphone', () => {
  test('sends a packet for each tick while its person speaks, with the level of a voice', () => {
    const out = outlet();
    const microphone = new Microphone(out, true);
    for (let tick = 0; tick < 5; tick += 1) microphone.tick(tick * 20, true);
    expect(out.packets.map(payloadBytesOf)).toEqual(Array(5).fill(VOICE.payloadBytes));
    expect(out.packets.map(sequenceOf)).toEqual([1, 2, 3, 4, 5]);
    expect(out.packets.map(timestampOf)).toEqual([0, 960, 1_920, 2_880, 3_840]);
    expect(firstOf(out.packets).readUInt8(17)).toBe(0x80 | 30);
    expect(microphone.rtpParameters.encodings?.[0]?.ssrc).toBe(ssrcOf(firstOf(out.packets)));
    const level = microphone.rtpParameters.headerExtensions?.find(({ uri }) => uri.includes('audio-level'));
    expect(firstOf(out.packets).readUInt8(16) >> 4).toBe(level?.id);
  });

  test('sends one of many, small and silent, while its person is silent', () => {
    const out = outlet();
    const microphone = new Microphone(out, true);
    for (let tick = 0; tick < 2 * SILENT_SENDS_ONE_OF; tick += 1) microphone.tick(tick * 20, false);
    expect(out.packets.map(payloadBytesOf)).toEqual([SILENCE_BYTES, SILENCE_BYTES]);
    expect(firstOf(out.packets).readUInt8(17)).toBe(127);
    expect(microphone.sent).toEqual([2]);
    microphone.begin();
    expect(microphone.sent).toEqual([0]);
  });
});

describe('a camera', () => {
  test('sends each layer in its size, as a key frame of VP8 by itself', () => {
    const out = outlet();
    const camera = new Camera(out);
    for (const layer of LAYERS.keys()) camera.send(layer, 1_000);
    expect(out.packets.map(payloadBytesOf)).toEqual(LAYERS.map(({ payloadBytes }) => payloadBytes));
    expect(out.packets.map(ssrcOf)).toEqual(camera.rtpParameters.encodings?.map(({ ssrc }) => ssrc));
    // S bit, partition 0, and behind a long picture number the bit of a key frame.
    expect([...firstOf(out.packets).subarray(12, 17)]).toEqual([0x90, 0x80, 0x80, 1, 0]);
  });

  test('sends and reports only the layers that somebody wants', () => {
    const out = outlet();
    const camera = new Camera(out);
    camera.wanted = 1;
    for (const layer of LAYERS.keys()) camera.send(layer, 1_000);
    expect(camera.sent).toEqual([1, 0, 0]);
    camera.report(1_000);
    expect(out.packets).toHaveLength(2);
    camera.wanted = 0;
    camera.send(0, 1_000);
    camera.report(1_000);
    expect(out.packets).toHaveLength(2);
  });

  test('reports have the same time as packets, so that a node can compare layers', () => {
    const out = outlet();
    const camera = new Camera(out);
    camera.send(0, 2_000);
    camera.report(2_000);
    const [packet, reports] = [firstOf(out.packets), out.packets.slice(1)];
    expect(reports).toHaveLength(LAYERS.length);
    expect(reports.every(isRtcp)).toBe(true);
    expect(isRtcp(packet)).toBe(false);
    for (const report of reports) expect(report.readUInt32BE(16)).toBe(timestampOf(packet));
  });
});

test('the size of a payload does not depend on what a node puts before it', () => {
  const bare = Buffer.alloc(12 + 100);
  bare.writeUInt8(0x80, 0);
  const extended = Buffer.alloc(12 + 4 + 8 + 100);
  extended.writeUInt8(0x90, 0);
  extended.writeUInt16BE(0xbede, 12);
  extended.writeUInt16BE(2, 14);
  expect([payloadBytesOf(bare), payloadBytesOf(extended)]).toEqual([100, 100]);
});
