import type { ProducerId } from '@parley/proto/ids';
import type { PeerRecord, ProducerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import type { LivePeer, PeerChange } from '../store/live-room-store.ts';

/*
 * Pure changes of a stored peer.
 */

/**
 * Marks the peer as without a socket. The peer leaves at `expiresAt`, or at the time that is set already. The others
 * see it reconnecting.
 */
export function socketLost(expiresAt: number): PeerChange {
  return (peer) => ({
    ...peer,
    expiresAt: peer.expiresAt ?? expiresAt,
    record: { ...peer.record, connection: 'reconnecting' },
  });
}

/**
 * Like `socketLost`, for a page that says that it goes away, which may be known after the loss of its socket: the earlier of both times
 * holds. What is lost with the socket after that changes nothing.
 */
export function pageClosed(expiresAt: number): PeerChange {
  return (peer) => ({
    ...socketLost(expiresAt)(peer),
    expiresAt: Math.min(peer.expiresAt ?? expiresAt, expiresAt),
    pageClosed: true,
  });
}

/** A peer without media stays `reconnecting` until its client has opened it again. */
export const socketFound: PeerChange = (peer) => ({
  ...peer,
  expiresAt: null,
  pageClosed: undefined,
  record: { ...peer.record, connection: peer.mediaNodeId === null ? 'reconnecting' : 'connected' },
});

/** Clears the media node, or a resume would assume that the media was kept. Keeps that the peer comes back with an open microphone. */
export const mediaLost: PeerChange = (peer) => ({
  ...peer,
  mediaNodeId: null,
  lostMicrophone: lostMicrophoneOf(peer),
  record: { ...peer.record, connection: 'reconnecting', producers: [] },
});

function lostMicrophoneOf({ record, lostMicrophone }: LivePeer): LivePeer['lostMicrophone'] {
  const microphone = record.producers.find(({ source }) => source === 'microphone');
  // The media is lost again before there was another one.
  if (microphone === undefined) return lostMicrophone;
  return microphone.paused ? undefined : 'open';
}

/** What the peer has sent with media that is lost. */
export function producersLost(producerIds: readonly ProducerId[]): PeerChange {
  return (peer) => {
    const { record } = peer;
    const isLost = ({ producerId }: ProducerRecord): boolean => producerIds.includes(producerId);
    const lost = { ...peer, record: { ...record, producers: record.producers.filter(isLost) } };
    const producers = record.producers.filter((producer) => !isLost(producer));
    return { ...peer, lostMicrophone: lostMicrophoneOf(lost), record: { ...record, producers } };
  };
}

/** Whether the microphone of the peer is open, or comes back open with the media of the peer. */
export function isMicrophoneOpen({ record, lostMicrophone }: LivePeer): boolean {
  return (
    lostMicrophone === 'open' ||
    record.producers.some(({ source, paused }) => source === 'microphone' && !paused)
  );
}

/** Somebody has muted the peer: its microphone, or the one that comes back with its media. */
export const microphoneMuted: PeerChange = (peer) => {
  const muted = producersPaused(['microphone'], 'muted')(peer);
  return muted.lostMicrophone === 'open' ? { ...muted, lostMicrophone: 'muted' } : muted;
};

/** A peer has one producer of each source: the new one takes the place of the old one. */
export function producerMade(producer: ProducerRecord): PeerChange {
  return (peer) => {
    const others = peer.record.producers.filter(({ source }) => source !== producer.source);
    const changed = { ...peer, record: { ...peer.record, producers: [...others, producer] } };
    return producer.source === 'microphone' ? { ...changed, lostMicrophone: undefined } : changed;
  };
}

/** Like `mediaLost`, but what the peer sends goes on for a while, so that the others see no change. */
export const mediaMoving: PeerChange = (peer) => ({ ...peer, mediaNodeId: null });

export function mediaOpened(mediaNodeId: string): PeerChange {
  return (peer) => ({ ...peer, mediaNodeId, record: { ...peer.record, connection: 'connected' } });
}

/** A change of the record alone. */
export function ofRecord(change: (record: PeerRecord) => PeerRecord): PeerChange {
  return (peer) => ({ ...peer, record: change(peer.record) });
}

/** @param pauseReason For a pause that is not the person's own. */
export function producerPaused(
  producerId: ProducerId,
  paused: boolean,
  pauseReason?: ProducerRecord['pauseReason'],
): PeerChange {
  const change = ({ pauseReason: _former, ...producer }: ProducerRecord): ProducerRecord => ({
    ...producer,
    paused,
    ...(pauseReason && { pauseReason }),
  });
  return ofRecord((record) => ({
    ...record,
    producers: record.producers.map((producer) =>
      producer.producerId === producerId ? change(producer) : producer,
    ),
  }));
}

/** Pauses what is not paused. What is paused already keeps its reason. */
export function producersPaused(
  sources: readonly Source[],
  pauseReason: ProducerRecord['pauseReason'],
): PeerChange {
  return ofRecord((record) => ({
    ...record,
    producers: record.producers.map((producer) =>
      producer.paused || !sources.includes(producer.source)
        ? producer
        : { ...producer, paused: true, ...(pauseReason && { pauseReason }) },
    ),
  }));
}

export function producersRemoved(sources: readonly Source[]): PeerChange {
  return ofRecord((record) => ({
    ...record,
    producers: record.producers.filter(({ source }) => !sources.includes(source)),
  }));
}

export const handLowered: PeerChange = ofRecord((record) => ({ ...record, handRaisedAt: null }));

/** Whether the peer may unmute although the room lets only hosts do so. */
export function unmuteAllowed(allowed: boolean): PeerChange {
  return ofRecord(({ mayUnmute: _former, ...record }) => (allowed ? { ...record, mayUnmute: true } : record));
}
