/** What a track says about its camera. */
type CameraFacts = { facingMode?: string | undefined; label: string };

/** The names of cameras at the back of a device, where the browser does not say the side. */
const REAR = /\b(?:back|rear|environment)\b/i;

/** True for a camera that looks away from the person. */
export function isRearCamera({ facingMode, label }: CameraFacts): boolean {
  return facingMode === undefined || facingMode === '' ? REAR.test(label) : facingMode === 'environment';
}

/** The own picture is shown as in a mirror, but not that of a rear camera: text in it has to be readable. */
export function isMirrored(track: Pick<MediaStreamTrack, 'label' | 'getSettings'>): boolean {
  const { facingMode } = track.getSettings();
  return !isRearCamera({ facingMode, label: track.label });
}
