import { rtpCapabilitiesSchema, rtpParametersSchema, type Source } from '@parley/proto/rtp';
import { describe, expect, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { sendSettings } from '../../../src/call/send/encodings.ts';
import { sanitizeRtpCapabilities, sanitizeRtpParameters } from '../../../src/call/base/rtp-sanitizer.ts';
import { fakeDevice, sendTransport } from '../../support/media.ts';
import { makeTrack } from '../../support/tracks.ts';

async function parametersOf(source: Source): Promise<types.RtpParameters> {
  const transport = await sendTransport();
  const track = makeTrack(source === 'camera' || source === 'screen' ? 'video' : 'audio');
  const { rtpParameters } = await transport.produce({ track, ...sendSettings(source) });
  const copy = structuredClone(rtpParameters);
  transport.close();
  return copy;
}

describe('RTP parameters on their way to the wire', () => {
  test.each<Source>(['microphone', 'camera', 'screen', 'screen-audio'])(
    'of a %s pass the contract',
    async (source) => {
      const made = await parametersOf(source);
      expect(rtpParametersSchema.safeParse(made).success).toBe(false);
      const sanitized = sanitizeRtpParameters(made);
      expect(() => rtpParametersSchema.parse(sanitized)).not.toThrow();
      expect(sanitized.codecs.map((codec) => codec.mimeType)).toEqual(
        made.codecs.map((codec) => codec.mimeType),
      );
    },
  );

  test('of a camera keep three layers with their bitrates', async () => {
    const { encodings } = sanitizeRtpParameters(await parametersOf('camera'));
    expect(encodings?.map((encoding) => encoding.maxBitrate)).toEqual([100_000, 300_000, 1_200_000]);
    expect(encodings?.every((encoding) => encoding.scalabilityMode === 'L1T3')).toBe(true);
  });

  test('lose header extensions that the server does not know', () => {
    const sanitized = sanitizeRtpParameters({
      codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }],
      headerExtensions: [{ uri: 'urn:example:new', id: 3 } as unknown as types.RtpHeaderExtensionParameters],
    });
    expect(sanitized.headerExtensions).toEqual([]);
  });

  test('lose codec parameters that are not plain values', () => {
    const parameters = { useinbandfec: 1, odd: { nested: true } };
    const sanitized = sanitizeRtpParameters({
      codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, parameters }],
    });
    expect(sanitized.codecs[0]?.parameters).toEqual({ useinbandfec: 1 });
  });

  test('pass the contract, also as the capabilities of a device', async () => {
    const capabilities = sanitizeRtpCapabilities((await fakeDevice()).recvRtpCapabilities);
    expect(() => rtpCapabilitiesSchema.parse(capabilities)).not.toThrow();
    expect(capabilities.codecs.length).toBeGreaterThan(3);
  });

  test('start from a copy of the settings, because mediasoup-client writes into it', () => {
    sendSettings('camera').encodings![0]!.maxBitrate = 1;
    expect(sendSettings('camera').encodings![0]!.maxBitrate).toBe(100_000);
  });
});
