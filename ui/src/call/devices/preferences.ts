import type { ChosenDevices } from './device-list.ts';

/** What this browser remembers of the person. */
export type Preferences = ChosenDevices & { displayName: string };

const KEY = 'parley.preferences';
const NOTHING: Preferences = { displayName: '', microphoneId: null, cameraId: null, speakerId: null };

/** Storage throws in private windows, when it is full, and when it is blocked; then nothing is remembered. */
export function loadPreferences(storage: () => Storage = () => localStorage): Preferences {
  try {
    const stored: unknown = JSON.parse(storage().getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return NOTHING;
    const { displayName, microphoneId, cameraId, speakerId } = stored as Record<string, unknown>;
    return {
      displayName: typeof displayName === 'string' ? displayName.slice(0, 64) : '',
      microphoneId: asId(microphoneId),
      cameraId: asId(cameraId),
      speakerId: asId(speakerId),
    };
  } catch {
    return NOTHING;
  }
}

export function savePreferences(
  patch: Partial<Preferences>,
  storage: () => Storage = () => localStorage,
): void {
  try {
    storage().setItem(KEY, JSON.stringify({ ...loadPreferences(storage), ...patch }));
  } catch {
    // Not remembered, no more.
  }
}

function asId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 512 ? value : null;
}
