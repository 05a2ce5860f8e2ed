import { createHash, randomBytes } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import type { LivePeer } from '../store/live-room-store.ts';
import { peerIdSchema, roomCodeSchema, type PeerId, type RoomCode } from '@parley/proto/ids';

/** A flaky network makes a resume every few seconds at worst. */
const RETIRED_MAX = 32;

/** The peer that a secret names. It proves nothing until its hash matches one in the store. */
export type ResumeClaim = { code: RoomCode; peerId: PeerId; hash: string };

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

/** The hashes of a peer's secrets, newest first: those that continue it, and those that were used up. */
export type SecretHashes = Pick<LivePeer, 'resumeSecretHashes' | 'retiredSecretHashes'>;

/**
 * The hashes after a resume. The secret that was shown still works, because the reply with the new one may be lost. The
 * one before it is used up: its owner has shown that it received the next.
 */
export function afterResume(
  before: SecretHashes,
  { shown, next }: { shown: string; next: string },
): SecretHashes {
  const [newest, former] = before.resumeSecretHashes;
  const retired = shown === newest && former !== undefined ? [former] : [];
  return {
    resumeSecretHashes: [next, shown],
    retiredSecretHashes: [...retired, ...before.retiredSecretHashes].slice(0, RETIRED_MAX),
  };
}

/** Whether the secret is the newest of the peer. Throws `resume_rejected` for one that never was the peer's, as far as is known. */
export function isNewestSecret(
  { resumeSecretHashes, retiredSecretHashes }: SecretHashes,
  hash: string,
): boolean {
  if (!resumeSecretHashes.includes(hash) && !retiredSecretHashes.includes(hash))
    throw new ParleyError('resume_rejected');
  return resumeSecretHashes[0] === hash;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
