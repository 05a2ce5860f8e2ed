/** Names a picture: the camera or the screen of one participant. */
export type PictureRef<Id extends string = string> = { peerId: Id; source: 'camera' | 'screen' };

export type StageMember<Id extends string> = { peerId: Id; isSelf: boolean; screenOn: boolean };

export type StageInput<Id extends string> = {
  members: readonly StageMember<Id>[];
  pinned: PictureRef<Id> | null;
  dominantPeerId: Id | null;
  previous: Staged<Id> | null;
  /** In ms, from the same clock as `Staged.since`. */
  now: number;
};

/** The picture on the stage, and since when (ms). */
export type Staged<Id extends string = string> = { picture: PictureRef<Id>; since: number };

/** A speaker keeps the stage at least this long, so that the stage does not flicker while two people interrupt each other. */
export const STAGE_HOLD_MS = 1500;

/**
 * The picture on the stage: the pinned one, else a shared screen, else the dominant speaker, else the one that was there before. Oneself
 * only if nobody else is there.
 */
export function selectStage<Id extends string>(input: StageInput<Id>): Staged<Id> | null {
  const { members, previous, now } = input;
  const take = (picture: PictureRef<Id>): Staged<Id> =>
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

/** The pictures of the strip beside the stage: all but the staged one, in the order of members, shared screens first. */
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

/** A screen that is on the stage stays there. Otherwise another participant's screen comes before one's own. */
function selectScreen<Id extends string>(input: StageInput<Id>): PictureRef<Id> | null {
  const sharing = input.members.filter((member) => member.screenOn);
  const held = input.previous?.picture;
  if (held?.source === 'screen' && sharing.some((member) => member.peerId === held.peerId)) return held;
  const chosen = sharing.find((member) => !member.isSelf) ?? sharing[0];
  return chosen === undefined ? null : { peerId: chosen.peerId, source: 'screen' };
}

/** Whether the members have this picture. */
export function isShowable<Id extends string>(
  members: readonly StageMember<Id>[],
  picture: PictureRef<Id>,
): boolean {
  const member = members.find((candidate) => candidate.peerId === picture.peerId);
  return member !== undefined && (picture.source === 'camera' || member.screenOn);
}
