import type { BanInfo, CallDetails, PastAct, PastCall, RoomInfo, Visit } from '@parley/proto/rest';
import { toSettingsMessage, type room } from '@parley/proto/room-rpc';
import type { ListedLiveRoom } from './live-rooms.ts';

/*
 * What the service answers, as messages. A message cannot say null: what is null is left out.
 */

export function roomMessage({ createdAt, settings, ...rest }: RoomInfo): room.RoomInput {
  return { ...rest, createdAtMs: createdAt, settings: toSettingsMessage(settings) };
}

export function banMessage({ bannedAt, endsAt, ...rest }: BanInfo): room.BanInput {
  return { ...rest, bannedAtMs: bannedAt, ...(endsAt !== null && { endsAtMs: endsAt }) };
}

export function callMessage({ callId, startedAt, endedAt, entries }: PastCall): room.PastCallInput {
  return { callId, startedAtMs: startedAt, entries, ...(endedAt !== null && { endedAtMs: endedAt }) };
}

export function detailsMessage({
  call,
  title,
  attendance,
  messages,
  acts,
  isCut,
}: CallDetails): room.GetCallResponseInput {
  return {
    call: callMessage(call),
    title,
    attendance: attendance.map(({ displayName, kind, ...times }) => ({
      displayName,
      kind,
      ...stayMessage(times),
    })),
    messages: messages.map(({ fromName, text, sentAt }) => ({ fromName, text, sentAtMs: sentAt })),
    acts: acts.map(actMessage),
    isCut,
  };
}

function actMessage({ kind, byName, toName, detail, doneAt }: PastAct): room.PastActInput {
  return {
    kind,
    detail,
    doneAtMs: doneAt,
    ...(byName !== null && { byName }),
    ...(toName !== null && { toName }),
  };
}

export function visitMessage({ code, title, displayName, ...times }: Visit): room.VisitInput {
  return { code, title, displayName, ...stayMessage(times) };
}

export function liveRoomMessage({ since, owner, ...rest }: ListedLiveRoom): room.LiveRoomInput {
  return { ...rest, sinceMs: since, owner: owner ?? '' };
}

function stayMessage({ joinedAt, leftAt }: { joinedAt: number; leftAt: number | null }) {
  return { joinedAtMs: joinedAt, ...(leftAt !== null && { leftAtMs: leftAt }) };
}
