import { CallFailure, type ClientErrorCode } from '../base/call-failure.ts';
import { deviceErrorCode } from '../base/device-failure.ts';

/** A person needs longer than this to close the picker. A refusal that comes earlier comes from the browser or the system. */
const REFUSED_WITHOUT_PICKER_MS = 250;

/**
 * Browsers report the same error if the person closes the picker and if the system does not let the browser record the
 * screen.
 * @param afterMs The time from the request to the error.
 */
export function screenFailure(error: unknown, afterMs: number): CallFailure {
  if (error instanceof CallFailure) return error;
  return new CallFailure(codeOf(error, afterMs), { cause: error });
}

function codeOf(error: unknown, afterMs: number): ClientErrorCode {
  const code = deviceErrorCode(error);
  const message = error instanceof Error ? error.message : '';
  if (code === 'device_permission_denied') {
    const isBlocked = afterMs < REFUSED_WITHOUT_PICKER_MS || /by system|policy/i.test(message);
    return isBlocked ? 'screen_share_blocked' : 'screen_share_denied';
  }
  return code === 'device_busy' && /audio/i.test(message) ? 'screen_sound_failed' : code;
}
