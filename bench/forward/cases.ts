/** How many send, how many receive all of them, and how many packets each sender sends in a second. */
export type Case = { name: string; senders: number; receivers: number; packetsPerSecond: number };

/** The rates are such that the load keeps its core busy to about a half: above 85 % it would measure itself. */
export const CASES: readonly Case[] = [
  { name: '1x100', senders: 1, receivers: 100, packetsPerSecond: 300 },
  { name: '10x10', senders: 10, receivers: 10, packetsPerSecond: 300 },
  { name: '10x50', senders: 10, receivers: 50, packetsPerSecond: 60 },
];

/** A packet of RTP, as large as those of a picture mostly are. */
export const PACKET_BYTES = 1_000;

/** The servers that are compared. The first is measured, the others are what it is compared with. */
export const SERVERS = ['parley', 'bare', 'janus'] as const;
export type ServerName = (typeof SERVERS)[number];

export const SERVER_TITLES: Readonly<Record<ServerName, string>> = {
  parley: 'Parley',
  bare: 'bare mediasoup',
  janus: 'Janus VideoRoom',
};

export function forwardedPerSecond({ senders, receivers, packetsPerSecond }: Case): number {
  return senders * receivers * packetsPerSecond;
}
