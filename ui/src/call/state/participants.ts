import type { PeerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import type { Participant } from './call-state.ts';
import type { Quality } from '../media/connection-quality.ts';
import type { Records } from './records.ts';
import { byJoin, shownNames } from './shown-names.ts';

export type ParticipantSources = {
  records: Records;
  speaking: ReadonlySet<PeerId>;
  /** The track of a picture; null if the picture is not being received. */
  trackOf: (peer: PeerRecord, source: Source) => MediaStreamTrack | null;
  qualityOf: (peer: PeerRecord) => Quality;
  /** Whether what should come of this peer has not come for two seconds. */
  isStill: (peer: PeerRecord) => boolean;
  /** Whether the media of this browser is being restored. */
  restoring: boolean;
  /** The local participant as this browser knows it, because this state is newer than the record of the server. */
  self: {
    microphoneOn: boolean;
    cameraTrack: MediaStreamTrack | null;
    screenTrack: MediaStreamTrack | null;
    screenPaused: boolean;
    quality: Quality;
  };
};

/**
 * The local participant first, then the others in the order of joining. A participant that did not change is the same
 * object as before.
 */
export function composeParticipants(
  previous: readonly Participant[],
  sources: ParticipantSources,
): readonly Participant[] {
  const known = new Map(previous.map((participant) => [participant.peerId, participant]));
  const names = shownNames(sources.records.peers.values());
  const next = orderedPeers(sources.records).map((peer) => {
    const isSelf = peer.peerId === sources.records.selfId;
    const shownName = names.get(peer.peerId) ?? peer.displayName;
    const made = { ...(isSelf ? composeSelf(peer, sources) : composeOther(peer, sources)), shownName };
    const before = known.get(peer.peerId);
    return before !== undefined && sameParticipant(before, made) ? before : made;
  });
  const unchanged =
    next.length === previous.length && next.every((participant, index) => participant === previous[index]);
  return unchanged ? previous : next;
}

/** The remote peers, in the order of joining. */
export function otherPeers(records: Records): PeerRecord[] {
  return orderedPeers(records).filter((peer) => peer.peerId !== records.selfId);
}

function orderedPeers(records: Records): PeerRecord[] {
  return Array.from(records.peers.values()).sort((a, b) => {
    const self = Number(b.peerId === records.selfId) - Number(a.peerId === records.selfId);
    if (self !== 0) return self;
    return byJoin(a, b);
  });
}

/** Somebody of a crowd whom this page has only in a list: nothing of them is received. */
export function unheard(peer: PeerRecord): Participant {
  const sends = (source: Source): boolean =>
    peer.producers.some((producer) => producer.source === source && !producer.paused);
  return {
    ...base(peer),
    shownName: peer.displayName,
    isSelf: false,
    restoring: false,
    microphoneOn: sends('microphone'),
    cameraOn: sends('camera'),
    screenOn: sends('screen'),
    screenPaused: false,
    cameraTrack: null,
    screenTrack: null,
    speaking: false,
    quality: null,
  };
}

type Unnamed = Omit<Participant, 'shownName'>;

function composeSelf(peer: PeerRecord, { self, speaking, restoring }: ParticipantSources): Unnamed {
  return {
    ...base(peer),
    isSelf: true,
    // The server cannot report to this browser that the socket of this browser is lost. The page shows the loss by
    // `phase`.
    connection: 'connected',
    restoring,
    microphoneOn: self.microphoneOn,
    cameraOn: self.cameraTrack !== null,
    screenOn: self.screenTrack !== null,
    screenPaused: self.screenPaused,
    cameraTrack: self.cameraTrack,
    screenTrack: self.screenTrack,
    speaking: self.microphoneOn && speaking.has(peer.peerId),
    quality: self.quality,
  };
}

function composeOther(
  peer: PeerRecord,
  { speaking, trackOf, qualityOf, isStill, restoring }: ParticipantSources,
): Unnamed {
  const sends = (source: Source): boolean =>
    peer.producers.some((producer) => producer.source === source && !producer.paused);
  const microphoneOn = sends('microphone');
  // A screen that is no longer shared has no producer.
  const screenOn = peer.producers.some((producer) => producer.source === 'screen');
  const isRestoring = restoring || peer.connection === 'reconnecting' || isStill(peer);
  return {
    ...base(peer),
    isSelf: false,
    restoring: isRestoring,
    microphoneOn,
    cameraOn: sends('camera'),
    screenOn,
    screenPaused: screenOn && !sends('screen'),
    cameraTrack: sends('camera') ? trackOf(peer, 'camera') : null,
    screenTrack: sends('screen') ? trackOf(peer, 'screen') : null,
    speaking: microphoneOn && !isRestoring && speaking.has(peer.peerId),
    quality: qualityOf(peer),
  };
}

function base(
  peer: PeerRecord,
): Pick<Participant, 'peerId' | 'displayName' | 'joinedAt' | 'role' | 'connection' | 'handRaisedAt'> {
  const { peerId, displayName, joinedAt, role, connection, handRaisedAt } = peer;
  return { peerId, displayName, joinedAt, role, connection, handRaisedAt };
}

function sameParticipant(a: Participant, b: Participant): boolean {
  return (Object.keys(b) as (keyof Participant)[]).every((key) => Object.is(a[key], b[key]));
}
