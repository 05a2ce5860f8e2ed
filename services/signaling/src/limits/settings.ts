/** How much a person, a room or an address may use. From the configuration. */
export type Limits = Readonly<{
  connectionsPerAddress: number;
  halfOpenPerAddress: number;
  halfOpenTotal: number;
  handshakesPerAddress: number;
  joinsPerAddress: number;
  packetsPerSecond: number;
  bytesPerSecond: number;
  roomEventsPerSecond: number;
  roomChatBytesPerMinute: number;
  roomsPerAddress: number;
  roomPeersPerAddress: number;
}>;
