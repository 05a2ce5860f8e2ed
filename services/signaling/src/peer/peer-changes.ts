import type { ProducerId } from '@parley/proto/ids';
import type { PeerRecord, ProducerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import type { PeerChange } from '../store/live-room-store.ts';

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

/** Clears the media node, or a resume would assume that the media was kept. */
export const mediaLost: PeerChange = (peer) => ({
  ...peer,
  mediaNodeId: null,
  record: { ...peer.record, connection: 'reconnecting', producers: [] },
});

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
