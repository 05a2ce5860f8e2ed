import { createHash, randomBytes } from 'node:crypto';
import { peerIdSchema, roomCodeSchema, type PeerId, type RoomCode } from '@parley/proto';

/** The peer that a secret names. It proves nothing until its hash matches one in the store. */
type ResumeClaim = { code: RoomCode; peerId: PeerId; hash: string };

export type ResumeSecret = { secret: string; hash: string };

/** `<room>.<peer>.<256 random bits>`. The secret names its peer, so that the store needs no index of secrets. */
export function createResumeSecret(code: RoomCode, peerId: PeerId): ResumeSecret {
  const secret = `${code}.${peerId}.${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashOf(secret) };
}

/** Undefined if the text has not the form of a resume secret. */
export function readResumeSecret(secret: string): ResumeClaim | undefined {
  const [code, peerId, random, ...rest] = secret.split('.');
  if (random === undefined || rest.length > 0) return undefined;
  const room = roomCodeSchema.safeParse(code);
  const peer = peerIdSchema.safeParse(peerId);
  if (!room.success || !peer.success) return undefined;
  return { code: room.data, peerId: peer.data, hash: hashOf(secret) };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
