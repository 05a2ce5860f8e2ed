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

/** How many files, and how many bytes of them, one peer, one room and all rooms together may have at once. */
export type FileLimits = Readonly<{
  peerFiles: number;
  peerBytes: number;
  roomFiles: number;
  roomBytes: number;
  allBytes: number;
}>;
