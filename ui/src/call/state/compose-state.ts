import type { PeerRecord, Source } from '@parley/proto';
import { composeParticipants } from './participants.ts';
import type { LocalMedia } from '../devices/local-media.ts';
import type { Media } from '../media/media.ts';
import type { Chat } from './chat.ts';
import type { RoomState } from './room-state.ts';
import { remoteQuality } from '../media/connection-quality.ts';
import type { CallState, Participant } from './call-state.ts';
import type { Quality } from '../media/connection-quality.ts';

type Parts = { room: RoomState; media: Media; local: LocalMedia; chat: Chat };

/** What the page shows of the parts as they are now. */
export function composeState(
  parts: Parts,
  previous: readonly Participant[],
  signalling: boolean,
): Partial<CallState> {
  const { room, media, local, chat } = parts;
  const participants = composeParticipants(previous, {
    records: room.records,
    speaking: room.speaking,
    trackOf: (peer, source) => trackOf(parts, peer, source),
    qualityOf: (peer) => qualityOf(parts, peer),
    restoring: media.restoring,
    self: {
      microphoneOn: local.microphone.state.status === 'live',
      cameraTrack: local.camera.track,
      screenTrack: local.screen.track,
      quality: media.quality(signalling),
    },
  });
  return {
    participants,
    selfId: room.records.selfId,
    dominantPeerId: room.dominantPeerId,
    microphone: local.microphone.state,
    camera: local.camera.state,
    screen: local.screen.state,
    devices: local.devices,
    chat: chat.entries,
    unreadChat: chat.unread,
  };
}

function trackOf({ media }: Parts, peer: PeerRecord, source: Source): MediaStreamTrack | null {
  const producer = peer.producers.find((candidate) => candidate.source === source);
  const stream = producer === undefined ? undefined : media.consumption.find(producer.producerId);
  return stream === undefined || stream.paused ? null : stream.track;
}

function qualityOf({ media }: Parts, peer: PeerRecord): Quality {
  const streams = peer.producers.flatMap((producer) => {
    const stream = media.consumption.find(producer.producerId);
    return stream === undefined
      ? []
      : [
          {
            score: stream.score,
            producerScore: stream.producerScore,
            paused: stream.paused || producer.paused,
          },
        ];
  });
  return remoteQuality(peer.connection, streams);
}
