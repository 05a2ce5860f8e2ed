import { newUuid } from '../base/ids.ts';
import type { CallError } from '../base/call-failure.ts';
import type { Notice } from './call-state.ts';

const NOTICES_MAX = 5;

/** Adds a notice. The new notice replaces an older one of the same kind and error code. */
export function addNotice(
  notices: readonly Notice[],
  kind: Notice['kind'],
  error: CallError | null,
  now = Date.now(),
): readonly Notice[] {
  const others = notices.filter((notice) => notice.kind !== kind || notice.error?.code !== error?.code);
  return [...others, { id: newUuid(), kind, error, at: now }].slice(-NOTICES_MAX);
}

export function dropNotice(notices: readonly Notice[], id: string): readonly Notice[] {
  const kept = notices.filter((notice) => notice.id !== id);
  return kept.length === notices.length ? notices : kept;
}
