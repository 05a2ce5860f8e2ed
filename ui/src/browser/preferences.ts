/** What this browser remembers of how the person likes to come in. Names and devices are the call's to remember. */
export type Preferences = {
  microphoneOn: boolean;
  cameraOn: boolean;
  shortcutsOn: boolean;
};

const KEY = 'parley.view';

export function readPreferences(): Preferences {
  const { microphoneOn, cameraOn, shortcutsOn } = readStored();
  return {
    microphoneOn: microphoneOn !== false,
    cameraOn: cameraOn !== false,
    shortcutsOn: shortcutsOn !== false,
  };
}

export function writePreferences(changes: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...changes }));
  } catch {
    // Storage may be full or forbidden (private windows): then nothing is remembered.
  }
}

function readStored(): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
