import { ParleyError } from '@parley/proto/errors';
import {
  SOURCE_KINDS,
  type MediaKind,
  type RtpCapabilities,
  type RtpParameters,
  type Source,
} from '@parley/proto/rtp';
import { ortc } from 'mediasoup';
import { fromMediasoupError } from '../router/mediasoup-errors.ts';

/*
 * The schemas of the contract check each part of RTP parameters; this file checks that the parts agree with one
 * another. RTP parameters come from strangers and end in a C++ process, so that a contradiction must be refused
 * before.
 */

/** The worker writes a MID or RID into header extensions of at most this many bytes. */
const MID_MAX_LENGTH = 16;

export function checkRtpCapabilities(capabilities: RtpCapabilities): void {
  try {
    ortc.validateAndNormalizeRtpCapabilities(structuredClone(capabilities));
  } catch (error) {
    throw fromMediasoupError(error);
  }
}

/** Throws `invalid_request` with a message that names the contradiction. */
export function checkRtpParameters(source: Source, kind: MediaKind, parameters: RtpParameters): void {
  if (SOURCE_KINDS[source] !== kind) refuse(`A ${source} is not ${kind}.`);
  checkMid(parameters.mid);
  checkCodecs(kind, parameters);
  checkEncodings(kind, parameters);
  const extensions = parameters.headerExtensions ?? [];
  checkUnique(
    extensions.map((extension) => extension.id),
    'header extension ids',
  );
  checkUnique(
    extensions.map((extension) => extension.uri),
    'header extensions',
  );
}

/** Every SSRC that the sender will use for these parameters. */
export function ssrcsOf(parameters: RtpParameters): number[] {
  return (parameters.encodings ?? []).flatMap((encoding) =>
    [encoding.ssrc ?? [], encoding.rtx?.ssrc ?? []].flat(),
  );
}

function checkMid(mid: string | undefined): void {
  if (mid !== undefined && !/^[\x21-\x7e]+$/.test(mid)) refuse('The MID is not printable.');
  if (mid !== undefined && mid.length > MID_MAX_LENGTH) refuse('The MID is too long.');
}

function checkCodecs(kind: MediaKind, { codecs }: RtpParameters): void {
  const media = codecs.filter((codec) => !isRtx(codec.mimeType));
  if (media.length === 0) refuse('There is no media codec.');
  if (codecs.some((codec) => !codec.mimeType.toLowerCase().startsWith(`${kind}/`)))
    refuse('A codec is of the other kind.');
  checkUnique(
    codecs.map((codec) => codec.payloadType),
    'payload types',
  );
  const payloadTypes = new Set(media.map((codec) => codec.payloadType));
  for (const codec of codecs) {
    const apt = codec.parameters?.['apt'];
    if (isRtx(codec.mimeType) && (typeof apt !== 'number' || !payloadTypes.has(apt)))
      refuse('RTX without its codec.');
  }
}

function checkEncodings(kind: MediaKind, parameters: RtpParameters): void {
  const encodings = parameters.encodings ?? [];
  if (kind === 'audio' && encodings.length > 1) refuse('Audio has one encoding.');
  const rids = encodings.flatMap((encoding) => encoding.rid ?? []);
  const ssrcs = encodings.flatMap((encoding) => encoding.ssrc ?? []);
  if (encodings.length > 1 && rids.length < encodings.length && ssrcs.length < encodings.length) {
    refuse('Each of several encodings needs a RID or an SSRC.');
  }
  if (parameters.mid === undefined && rids.length === 0 && ssrcs.length === 0)
    refuse('There is no MID, RID or SSRC.');
  checkUnique(rids, 'RIDs');
  checkUnique(ssrcsOf(parameters), 'SSRCs');
  const payloadTypes = new Set(
    parameters.codecs.filter((codec) => !isRtx(codec.mimeType)).map((codec) => codec.payloadType),
  );
  for (const { codecPayloadType } of encodings) {
    if (codecPayloadType !== undefined && !payloadTypes.has(codecPayloadType))
      refuse('An encoding has an unknown codec.');
  }
}

function isRtx(mimeType: string): boolean {
  return /^(audio|video)\/rtx$/i.test(mimeType);
}

function checkUnique(values: readonly (string | number)[], what: string): void {
  if (new Set(values).size !== values.length) refuse(`There are duplicate ${what}.`);
}

function refuse(message: string): never {
  throw new ParleyError('invalid_request', message);
}
