/** What happens to the microphone of a muted person; the person chooses. In each case nothing is sent. */
export const AFTER_MUTE = ['free', 'free-soon', 'keep-open'] as const;

export type AfterMute = (typeof AFTER_MUTE)[number];

/** How long a muted microphone stays open. Toggles and push-to-talk within this time are instant. */
export const HOLD_MS: Readonly<Record<AfterMute, number>> = {
  free: 0,
  'free-soon': 3_000,
  'keep-open': Number.POSITIVE_INFINITY,
};

export function parseAfterMute(value: unknown): AfterMute {
  return AFTER_MUTE.find((choice) => choice === value) ?? 'free-soon';
}
