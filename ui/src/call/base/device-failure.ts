import { CallFailure } from './call-failure.ts';
import type { ClientErrorCode } from './call-failure.ts';

/** The DOMException names of getUserMedia, including the names that only some browsers use. */
const CODES: Record<string, ClientErrorCode> = {
  NotAllowedError: 'device_permission_denied',
  PermissionDeniedError: 'device_permission_denied',
  SecurityError: 'device_permission_denied',
  NotFoundError: 'device_not_found',
  DevicesNotFoundError: 'device_not_found',
  OverconstrainedError: 'device_not_found',
  ConstraintNotSatisfiedError: 'device_not_found',
  NotReadableError: 'device_busy',
  TrackStartError: 'device_busy',
  AbortError: 'device_failed',
};

export function deviceErrorCode(error: unknown): ClientErrorCode {
  const name = error instanceof Error ? error.name : '';
  return Object.hasOwn(CODES, name) ? (CODES[name] ?? 'device_failed') : 'device_failed';
}

export function deviceFailure(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  return new CallFailure(deviceErrorCode(error), { cause: error });
}
