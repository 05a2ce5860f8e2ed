import type { RoomCode } from '@parley/proto/ids';
import { StoredRecord } from '../call/base/stored-record.ts';

/** The passcodes that the person typed in this tab, by room: a reload does not ask again, another tab does. */
const passcodes = new StoredRecord<Record<string, string>>(
  'parley.passcodes',
  (stored) =>
    Object.fromEntries(
      Object.entries(stored).flatMap(([code, passcode]) =>
        typeof passcode === 'string' ? [[code, passcode]] : [],
      ),
    ),
  () => sessionStorage,
);

/** Empty if there is none. */
export function rememberedPasscode(code: RoomCode): string {
  return passcodes.load()[code] ?? '';
}

/** An empty one is forgotten. */
export function rememberPasscode(code: RoomCode, passcode: string): void {
  passcodes.save({ [code]: passcode });
}
