import { newUuid } from '../base/ids.ts';
import type { CallError } from '../base/call-failure.ts';
import type { DeviceName } from '../devices/device-state.ts';
import type { Notice } from './call-state.ts';

const NOTICES_MAX = 5;

export type NewNotice = Pick<Notice, 'kind' | 'device' | 'act'> & { error?: CallError | null };

/**
 * Adds a notice. The new notice replaces an older one of the same kind, error code and kind of act. If the older one was about the
 * other device, the new one is about both: one cause, one notice.
 */
export function addNotice(
  notices: readonly Notice[],
  { kind, error = null, device, act }: NewNotice,
  now = Date.now(),
): readonly Notice[] {
  const isSame = (notice: Notice): boolean =>
    notice.kind === kind && notice.error?.code === error?.code && notice.act?.kind === act?.kind;
  const devices = new Set([device, ...notices.filter(isSame).map((notice) => notice.device)]);
  devices.delete(undefined);
  const [about] = devices.size > 1 ? ['both' as const] : devices;
  const added: Notice = {
    id: newUuid(),
    kind,
    error,
    at: now,
    ...(about === undefined ? {} : { device: about }),
    ...(act === undefined ? {} : { act }),
  };
  return [...notices.filter((notice) => !isSame(notice)), added].slice(-NOTICES_MAX);
}

export function dropNotice(notices: readonly Notice[], id: string): readonly Notice[] {
  return kept(notices, (notice) => notice.id !== id);
}

/** Drops the notices of these kinds, because what they say is over. */
export function withdrawNotices(
  notices: readonly Notice[],
  kinds: readonly Notice['kind'][],
): readonly Notice[] {
  return kept(notices, (notice) => !kinds.includes(notice.kind));
}

/** Withdraws notices about one device. A notice about both devices then is about the other one. */
export function settleDevice(
  notices: readonly Notice[],
  kinds: readonly Notice['kind'][],
  device: DeviceName,
): readonly Notice[] {
  const isOver = (notice: Notice): boolean => kinds.includes(notice.kind) && notice.device === device;
  const isHalfOver = (notice: Notice): boolean => kinds.includes(notice.kind) && notice.device === 'both';
  const left = kept(notices, (notice) => !isOver(notice));
  if (!left.some(isHalfOver)) return left;
  const other = device === 'microphone' ? 'camera' : 'microphone';
  return left.map((notice) => (isHalfOver(notice) ? { ...notice, device: other } : notice));
}

/** Returns the same list if nothing is dropped. */
function kept(notices: readonly Notice[], keep: (notice: Notice) => boolean): readonly Notice[] {
  return notices.every(keep) ? notices : notices.filter(keep);
}
