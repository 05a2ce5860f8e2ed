import type { DeviceChoice } from '../call/index.ts';
import { isRearCamera } from './mirrored.ts';

/**
 * The camera that one press changes to: one that looks the other way, or else the next one. null: there is no other.
 *
 * @param cameraId The camera in use.
 */
export function otherCamera(cameras: readonly DeviceChoice[], cameraId: string | null): string | null {
  const known = cameras.filter((camera) => camera.deviceId !== '');
  const index = Math.max(
    0,
    known.findIndex((camera) => camera.deviceId === cameraId),
  );
  const current = known[index];
  if (current === undefined || known.length < 2) return null;
  const opposite = known.find((camera) => isRearCamera(camera) !== isRearCamera(current));
  return (opposite ?? known[(index + 1) % known.length])?.deviceId ?? null;
}
