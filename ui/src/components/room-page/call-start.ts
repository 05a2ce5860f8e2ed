import type { RoomCode } from '@parley/proto/ids';
import { rememberedPasscode } from '../../browser/tab-passcodes.ts';
import type { Call } from '../../call/call.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import type { Lobby } from '../../call/lobby/lobby.ts';
import type { Prepared } from '../../call/lobby/prepared.ts';
import type { CallState } from '../../call/state/call-state.ts';
import type { TabCall } from '../../call/tab/tab-call.ts';

/** Makes the parts that know no React. */
export type CallFactory = {
  createCall: (code: RoomCode, choice: JoinChoice, tab: TabCall, prepared: Prepared | null) => Call;
  createLobby: (code: RoomCode) => Lobby;
  createPreview: () => PreviewClient;
};

/** Whether the person has to type the passcode, or another one. */
export function isPasscodeRefusal({ phase, error }: CallState, { passcode }: JoinChoice): boolean {
  if (phase !== 'failed' || error === null) return false;
  if (error.code === 'rate_limited') return passcode !== undefined && error.retryAfterMs !== undefined;
  return error.code === 'passcode_needed' || error.code === 'passcode_wrong';
}

/** The peer of the page before this one is gone. */
export function isTooLate({ phase, error }: CallState): boolean {
  return phase === 'failed' && error?.code === 'resume_rejected';
}

/** The choice of devices that the page before this one had. */
export function leftChoice(code: RoomCode, { left }: TabCall): JoinChoice | null {
  const passcode = rememberedPasscode(code);
  return left === null ? null : { ...left.choice, ...(passcode !== '' && { passcode }) };
}

type NewCall = { code: RoomCode; choice: JoinChoice; tab: TabCall };

/** Takes along what the lobby has. Throws if the call cannot be made; then nothing is left of it. */
export function makeCall({ createCall }: CallFactory, lobby: Lobby, { code, choice, tab }: NewCall): Call {
  // A peer that comes back has its place in the room.
  const prepared = tab.left === null ? lobby.take() : null;
  try {
    return createCall(code, choice, tab, prepared);
  } catch (error) {
    prepared?.close();
    tab.forget();
    for (const track of Object.values(choice.tracks ?? {})) track?.stop();
    throw error;
  }
}
