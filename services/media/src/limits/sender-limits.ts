import type { Source } from '@parley/proto/rtp';

export type Rate = { readonly bitsPerSecond: number; readonly packetsPerSecond: number };

/** What a peer may send. Honest senders stay far below; see decision 0155. */
export type SenderLimits = {
  /** For one producer. */
  readonly sources: Readonly<Record<Source, Rate>>;
  /** For everything that arrives on the sending transport of a peer: media, retransmissions and what belongs to no producer. */
  readonly peer: Rate;
};

/** An RTP header and the shortest SRTP tag. No packet that counts is smaller. */
const PACKET_MIN_BITS = 16 * 8;

export function isAbove(rate: Rate, limit: Rate): boolean {
  return rate.bitsPerSecond > limit.bitsPerSecond || rate.packetsPerSecond > limit.packetsPerSecond;
}

/** Whether a transport that receives so much may carry a producer above this limit, by its bits or by its packets. */
export function canHide(limit: Rate, transportBitsPerSecond: number): boolean {
  return transportBitsPerSecond > Math.min(limit.bitsPerSecond, limit.packetsPerSecond * PACKET_MIN_BITS);
}
