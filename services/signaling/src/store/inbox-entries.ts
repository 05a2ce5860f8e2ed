import { roomCodeSchema, type RoomCode } from '@parley/proto/ids';
import { z } from 'zod';
import type { RoomEvent } from './live-room-store.ts';
import { storedEvent } from './stored-values.ts';

/** `sentAt`: milliseconds since the epoch by the clock of Redis. */
type Place = { readonly id: string; readonly sentAt: number };

/** `missed`: the inbox was full, and every event since then is gone. `read` throws on an event that this version does not know. */
export type InboxEntry = Place &
  (
    | { readonly kind: 'event'; readonly read: () => { code: RoomCode; event: RoomEvent } }
    | { readonly kind: 'missed'; readonly since: number }
  );

/** Entries as Redis gives them. */
export type Given = readonly (readonly [id: string, fields: readonly string[]])[];

const idSchema = z.templateLiteral([z.int(), '-', z.int()]);

/** The entries of one inbox, in the order of their sending. */
export function readEntries(given: Given): InboxEntry[] {
  return given.map(([id, fields]) => readEntry(id, fields));
}

function readEntry(id: string, fields: readonly string[]): InboxEntry {
  const place = { id, sentAt: sentAt(id) };
  const [name, value = '', , event = ''] = fields;
  if (name === 'missed') return { ...place, kind: 'missed', since: sentAt(value) };
  const read = () => ({ code: roomCodeSchema.parse(value), event: storedEvent.parse(event) });
  return { ...place, kind: 'event', read };
}

/** The lowest id that comes after this one. */
export function idAfter(id: string): string {
  const [at, number] = idSchema.parse(id).split('-');
  return `${at}-${Number(number) + 1}`;
}

function sentAt(id: string): number {
  const [at] = idSchema.parse(id).split('-');
  return Number(at);
}
