import { CallFailure } from '../base/call-failure.ts';
import { surfaceOf } from './screen-content.ts';
import { screenFailure } from './screen-failure.ts';

export type CapturedScreen = {
  video: MediaStreamTrack;
  audio: MediaStreamTrack | null;
  /** There is sound, but it is not shared: it has the voices of the call in it, or it did not start. */
  soundLeftOut: boolean;
};

/** These options are not in the DOM types of TypeScript yet. */
type DisplayOptions = Omit<DisplayMediaStreamOptions, 'audio'> & {
  audio: false | (MediaTrackConstraints & { restrictOwnAudio?: boolean });
  systemAudio: 'include' | 'exclude';
  windowAudio: 'window' | 'exclude';
  selfBrowserSurface: 'exclude';
  surfaceSwitching: 'include';
};

/** Must be called in the task of a click or key press, or the browser refuses. */
export async function captureScreen({ withSound }: { withSound: boolean }): Promise<CapturedScreen> {
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  if (mediaDevices === undefined && !globalThis.isSecureContext) throw new CallFailure('insecure_origin');
  if (typeof mediaDevices?.getDisplayMedia !== 'function') throw new CallFailure('screen_share_unsupported');
  const canRestrict = canRestrictOwnAudio(mediaDevices);
  const startedAt = performance.now();
  try {
    const options = displayOptions(withSound, canRestrict);
    const stream = await mediaDevices.getDisplayMedia(options);
    const video = stream.getVideoTracks()[0];
    if (video === undefined) throw new CallFailure('device_failed');
    return withoutOwnSound(video, stream.getAudioTracks()[0] ?? null, canRestrict);
  } catch (error) {
    const failure = screenFailure(error, performance.now() - startedAt);
    if (failure.code !== 'screen_sound_failed' || !withSound || !isPressFresh()) throw failure;
    return { ...(await captureScreen({ withSound: false })), soundLeftOut: true };
  }
}

/** Whether the browser still takes the last press as permission to open its picker. */
function isPressFresh(): boolean {
  const { userActivation } = navigator as Navigator & { userActivation?: { isActive: boolean } };
  return userActivation?.isActive === true;
}

/** Whether this browser has `getDisplayMedia`. Browsers of phones and tablets have not. */
export function canShareScreen(): boolean {
  return typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/**
 * The sound of another tab never has the call in it; the sound of the system has. It is offered only where the browser
 * can leave the sound of this page out.
 */
function displayOptions(withSound: boolean, canRestrict: boolean): DisplayOptions {
  return {
    // The frames that are sent are limited by the encoder, see `screenEncoding`.
    video: { frameRate: { ideal: 30, max: 30 } },
    // Processing is for speech; played sound must reach the others unchanged.
    audio: withSound && {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: { ideal: 2 },
      ...(canRestrict ? { restrictOwnAudio: true } : {}),
    },
    systemAudio: withSound && canRestrict ? 'include' : 'exclude',
    windowAudio: withSound && canRestrict ? 'window' : 'exclude',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
  };
}

/** Some browsers capture the sound of the system although they were asked not to. Others would hear themselves. */
function withoutOwnSound(
  video: MediaStreamTrack,
  audio: MediaStreamTrack | null,
  canRestrict: boolean,
): CapturedScreen {
  const settings: (MediaTrackSettings & { restrictOwnAudio?: boolean }) | undefined = audio?.getSettings();
  const isRestricted = canRestrict && settings?.restrictOwnAudio !== false;
  if (audio === null || isRestricted || surfaceOf(video) === 'browser')
    return { video, audio, soundLeftOut: false };
  audio.stop();
  return { video, audio: null, soundLeftOut: true };
}

function canRestrictOwnAudio(mediaDevices: MediaDevices): boolean {
  const supported: MediaTrackSupportedConstraints & { restrictOwnAudio?: boolean } =
    mediaDevices.getSupportedConstraints();
  return supported.restrictOwnAudio === true;
}
