import { expect, test } from '@jest/globals';
import { opusParameters, simulcastParameters, svcParameters, vp8Parameters } from '@parley/common/testing';
import type { RtpParameters, Source } from '@parley/proto/rtp';
import { checkRtpParameters } from '../../src/room/rtp-validation.ts';

test.each<[string, Source, 'audio' | 'video', RtpParameters]>([
  ['opus from a microphone', 'microphone', 'audio', opusParameters()],
  ['opus from a shared screen', 'screen-audio', 'audio', opusParameters()],
  ['VP8 from a camera', 'camera', 'video', vp8Parameters()],
  ['simulcast', 'camera', 'video', simulcastParameters()],
  ['SVC from a screen', 'screen', 'video', svcParameters()],
])('%s makes sense', (_name, source, kind, parameters) => {
  expect(() => checkRtpParameters(source, kind, parameters)).not.toThrow();
});

const [rtx, opus] = [vp8Parameters().codecs.slice(1), opusParameters().codecs];

test.each<[string, Source, 'audio' | 'video', Partial<RtpParameters>]>([
  ['a camera that is audio', 'camera', 'audio', {}],
  ['a microphone that is video', 'microphone', 'video', {}],
  ['an audio codec in a video', 'camera', 'video', { codecs: opus }],
  ['RTX alone', 'camera', 'video', { codecs: rtx }],
  [
    'RTX of a codec that is not there',
    'camera',
    'video',
    { codecs: [{ ...vp8Parameters().codecs[0]!, payloadType: 99 }, ...rtx] },
  ],
  [
    'a payload type twice',
    'camera',
    'video',
    { codecs: [...vp8Parameters().codecs, vp8Parameters().codecs[0]!] },
  ],
  ['a MID that is too long', 'camera', 'video', { mid: 'x'.repeat(17) }],
  ['a MID with control characters', 'camera', 'video', { mid: '1\r\n' }],
  ['an SSRC twice', 'camera', 'video', { encodings: [{ ssrc: 5 }, { ssrc: 5 }] }],
  ['an RTX SSRC that is the media SSRC', 'camera', 'video', { encodings: [{ ssrc: 5, rtx: { ssrc: 5 } }] }],
  ['a RID twice', 'camera', 'video', { encodings: [{ rid: 'a' }, { rid: 'a' }] }],
  ['several encodings without names', 'camera', 'video', { encodings: [{ rid: 'a' }, {}] }],
  ['no MID, RID or SSRC', 'camera', 'video', { mid: undefined, encodings: [{}] }],
  ['an encoding of an unknown codec', 'camera', 'video', { encodings: [{ ssrc: 5, codecPayloadType: 77 }] }],
  [
    'a header extension twice',
    'camera',
    'video',
    {
      headerExtensions: [
        ...vp8Parameters().headerExtensions!,
        { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 9 },
      ],
    },
  ],
  [
    'a header extension id twice',
    'camera',
    'video',
    {
      headerExtensions: [...vp8Parameters().headerExtensions!, { uri: 'urn:3gpp:video-orientation', id: 1 }],
    },
  ],
])('%s is refused', (_name, source, kind, parameters) => {
  expect(() => checkRtpParameters(source, kind, { ...vp8Parameters(), ...parameters })).toThrow(
    expect.objectContaining({ code: 'invalid_request' }),
  );
});

test('audio with several encodings is refused', () => {
  const parameters = { ...opusParameters(), encodings: [{ ssrc: 1 }, { ssrc: 2 }] };
  expect(() => checkRtpParameters('microphone', 'audio', parameters)).toThrow('Audio has one encoding.');
});
