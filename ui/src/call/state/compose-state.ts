import type { PeerRecord, Source } from '@parley/proto';
import { composeParticipants } from './participants.ts';
import type { LocalMedia } from '../devices/local-media.ts';
import type { Media } from '../media/media.ts';
import type { Chat } from './chat.ts';
import type { Leading } from './leading.ts';
import type { Reactions } from './reactions.ts';
import type { RoomState } from './room-state.ts';
import { remoteQuality } from '../media/connection-quality.ts';
import type { CallState, Participant } from './call-state.ts';
import type { Quality } from '../media/connection-quality.ts';

type Parts = {
  room: RoomState;
  media: Media;
  devices: LocalMedia;
  chat: Chat;
  reactions: Reactions;
  leading: Leading;
};

/** Derives the part of the call's state that the objects in `parts` determine. */
export function composeState(
  parts: Parts,
  previous: readonly Participant[],
  signaling: boolean,
): Partial<CallState> {
  const { room, media, devices, chat, reactions, leading } = parts;
  const participants = composeParticipants(previous, {
    records: room.records,
    speaking: room.speaking,
    trackOf: (peer, source) => trackOf(parts, peer, source),
    qualityOf: (peer) => qualityOf(parts, peer),
    restoring: media.restoring,
    self: {
      microphoneOn: devices.microphone.state.status === 'live',
      cameraTrack: devices.camera.track,
      screenTrack: devices.screen.track,
      screenPaused: devices.screen.share?.paused === true,
      quality: media.quality(signaling),
    },
  });
  return {
    participants,
    selfId: room.records.selfId,
    dominantPeerId: room.dominantPeerId,
    microphone: devices.microphone.state,
    camera: devices.camera.state,
    screen: devices.screen.state,
    screenShare: devices.screen.share,
    devices: devices.devices,
    chat: chat.entries,
    earlierChat: chat.earlier,
    chatCleared: chat.cleared,
    unreadChat: chat.unread,
    reactions: reactions.floating,
    chatReplyTo: chat.replyTo,
    typists: chat.typists.list,
    permissions: room.permissions,
    roomSettings: room.settings,
    waiting: room.permissions.includes('admit') ? leading.waiting : [],
    chatUploads: chat.files.uploads,
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
