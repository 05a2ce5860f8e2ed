/** A picture that can be large: somebody's camera or somebody's screen. */
export type PictureRef<Id extends string = string> = { peerId: Id; source: 'camera' | 'screen' };

export type StageMember<Id extends string> = { peerId: Id; isSelf: boolean; screenOn: boolean };

export type StageInput<Id extends string> = {
  members: readonly StageMember<Id>[];
  pinned: PictureRef<Id> | null;
  dominantPeerId: Id | null;
  previous: { picture: PictureRef<Id>; since: number } | null;
  now: number;
};

/** A speaker keeps the stage this long, so that it does not flicker between two who interrupt each other. */
export const STAGE_HOLD_MS = 1500;

/**
 * Who is large: what the person pinned, else a shared screen, else who speaks, else who was large before. Oneself only
 * when alone. `since` tells when the picture took the stage.
 */
export function selectStage<Id extends string>(
  input: StageInput<Id>,
): { picture: PictureRef<Id>; since: number } | null {
  const { members, previous, now } = input;
  const take = (picture: PictureRef<Id>): { picture: PictureRef<Id>; since: number } =>
    previous !== null && samePicture(previous.picture, picture) ? previous : { picture, since: now };
  if (input.pinned !== null && isShowable(members, input.pinned)) return take(input.pinned);
  const screen = selectScreen(input);
  if (screen !== null) return take(screen);
  const others = members.filter((member) => !member.isSelf);
  const stays =
    previous !== null &&
    previous.picture.source === 'camera' &&
    others.some((m) => m.peerId === previous.picture.peerId);
  const speaker = others.find((member) => member.peerId === input.dominantPeerId);
  if (speaker !== undefined && !(stays && now - previous.since < STAGE_HOLD_MS)) {
    return take({ peerId: speaker.peerId, source: 'camera' });
  }
  if (stays) return previous;
  const first = others[0] ?? members[0];
  return first === undefined ? null : take({ peerId: first.peerId, source: 'camera' });
}

/** The rest, in their order, for the strip beside the stage. Shared screens that are not on the stage come first. */
export function stripPictures<Id extends string>(
  members: readonly StageMember<Id>[],
  stage: PictureRef<Id> | null,
): PictureRef<Id>[] {
  const screens = members
    .filter((member) => member.screenOn)
    .map((member) => ({ peerId: member.peerId, source: 'screen' as const }));
  const cameras = members.map((member) => ({ peerId: member.peerId, source: 'camera' as const }));
  return [...screens, ...cameras].filter((picture) => stage === null || !samePicture(picture, stage));
}

export function samePicture<Id extends string>(a: PictureRef<Id>, b: PictureRef<Id>): boolean {
  return a.peerId === b.peerId && a.source === b.source;
}

/** A screen that is on the stage stays; otherwise somebody else's, and one's own only when it is the only one. */
function selectScreen<Id extends string>(input: StageInput<Id>): PictureRef<Id> | null {
  const sharing = input.members.filter((member) => member.screenOn);
  const held = input.previous?.picture;
  if (held?.source === 'screen' && sharing.some((member) => member.peerId === held.peerId)) return held;
  const chosen = sharing.find((member) => !member.isSelf) ?? sharing[0];
  return chosen === undefined ? null : { peerId: chosen.peerId, source: 'screen' };
}

function isShowable<Id extends string>(
  members: readonly StageMember<Id>[],
  picture: PictureRef<Id>,
): boolean {
  const member = members.find((candidate) => candidate.peerId === picture.peerId);
  return member !== undefined && (picture.source === 'camera' || member.screenOn);
}
