import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import type { WaitingChange, WaitingEntry, WaitingStatus } from './waiting-list.ts';

/*
 * Pure changes of a waiting list.
 */

export type WaitingLimits = { readonly perRoom: number; readonly perNetwork: number };

/**
 * Adds somebody, or gives the place back: to the same join token, and to a new one of a person whose socket is lost, also if a host
 * admitted the person meanwhile. Throws `waiting_full` or `address_limited`.
 */
export function knocked(newcomer: WaitingEntry, limits: WaitingLimits): WaitingChange {
  return (entries) => {
    const own = entries.find((entry) => isPlaceOf(entry, newcomer));
    if (own !== undefined) {
      const { peerId, displayName, network, addressHash, expiresAt } = newcomer;
      // Somebody who was admitted or denied keeps the time of that.
      const kept = own.status === 'waiting' ? expiresAt : own.expiresAt;
      const entry = { ...own, peerId, displayName, network, addressHash, connected: true, expiresAt: kept };
      return entries.map((other) => (other === own ? entry : other));
    }
    const waiting = entries.filter(({ status }) => status === 'waiting');
    if (waiting.length >= limits.perRoom) throw new ParleyError('waiting_full');
    if (waiting.filter(({ network }) => network === newcomer.network).length >= limits.perNetwork)
      throw new ParleyError('address_limited');
    return [...entries, newcomer];
  };
}

/** The people are still connected. */
export function renewed(peerIds: readonly PeerId[], expiresAt: number): WaitingChange {
  return (entries) =>
    mapWaiting(entries, (entry) => (peerIds.includes(entry.peerId) ? { ...entry, expiresAt } : entry));
}

/** The socket of somebody is lost. The place is kept until `expiresAt`. */
export function socketOf(peerId: PeerId, expiresAt: number): WaitingChange {
  return (entries) =>
    mapWaiting(entries, (entry) =>
      entry.peerId === peerId ? { ...entry, connected: false, expiresAt } : entry,
    );
}

export type Decision = {
  /** null: everybody who waits. */
  readonly peerIds: readonly PeerId[] | null;
  readonly status: Exclude<WaitingStatus, 'waiting'>;
  readonly blocked: boolean;
  /** Until then the person may join, or is refused with the same token. */
  readonly expiresAt: number;
};

export function decided({ peerIds, ...decision }: Decision): WaitingChange {
  return (entries) =>
    mapWaiting(entries, (entry) =>
      peerIds === null || peerIds.includes(entry.peerId) ? { ...entry, ...decision } : entry,
    );
}

export function removed(peerId: PeerId): WaitingChange {
  return (entries) => kept(entries, (entry) => entry.peerId !== peerId);
}

export function expired(now: number): WaitingChange {
  return (entries) => kept(entries, ({ expiresAt }) => expiresAt > now);
}

function isPlaceOf(entry: WaitingEntry, newcomer: WaitingEntry): boolean {
  if (entry.peerId === newcomer.peerId) return true;
  return entry.identity === newcomer.identity && !entry.connected && entry.status !== 'denied';
}

function mapWaiting(
  entries: readonly WaitingEntry[],
  change: (entry: WaitingEntry) => WaitingEntry,
): readonly WaitingEntry[] {
  const changed = entries.map((entry) => (entry.status === 'waiting' ? change(entry) : entry));
  return changed.some((entry, index) => entry !== entries[index]) ? changed : entries;
}

function kept(
  entries: readonly WaitingEntry[],
  keep: (entry: WaitingEntry) => boolean,
): readonly WaitingEntry[] {
  return entries.every(keep) ? entries : entries.filter(keep);
}
