import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { composeParticipants } from '../participants.ts';
import type { LocalMedia } from '../../devices/local-media.ts';
import type { Media } from '../../media/media.ts';
import type { Chat } from './chat.ts';
import type { Leading } from '../leading.ts';
import type { Reactions } from '../reactions.ts';
import type { RoomState } from '../room-state.ts';
import { isVideo } from '../../receive/picture-layers.ts';
import type { RemoteStream } from '../../receive/remote-stream.ts';
import { remoteQuality } from '../../media/connection-quality.ts';
import type { CallState, Participant } from '../call-state.ts';
import type { Quality } from '../../media/connection-quality.ts';

const NOBODY: CallState['waiting'] = [];

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
    records: room.shownRecords,
    speaking: room.speaking,
    trackOf: (peer, source) => trackOf(parts, peer, source),
    qualityOf: (peer) => qualityOf(parts, peer),
    isStill: (peer) => isStill(parts, peer),
    restoring: media.restoration.isUnderWay,
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
    crowd: room.crowd,
    gone: room.records.gone,
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
    waiting: room.permissions.includes('admit') ? leading.namedApart(room.records.peers) : NOBODY,
    chatUploads: chat.files.uploads,
  };
}

function trackOf({ media }: Parts, peer: PeerRecord, source: Source): MediaStreamTrack | null {
  const stream = media.shownOf(peer.peerId, source);
  return stream === undefined || stream.paused ? null : stream.track;
}

/** Whether what is shown of this person stands still: the picture, or the sound of somebody without one. */
function isStill({ media }: Parts, { producers }: PeerRecord): boolean {
  const sent = producers.filter(({ paused }) => !paused);
  const shown =
    sent.find(({ source }) => source === 'camera') ?? sent.find(({ source }) => source === 'microphone');
  return shown !== undefined && media.restoration.isSilent(shown.producerId);
}

/** Whether the sender of this picture may still rest. The server scores it as one of which nothing arrives. */
function isStarting(media: Media, stream: RemoteStream): boolean {
  return isVideo(stream.source) && stream.producerScore === 0 && !media.restoration.hasBegun(stream);
}

function qualityOf({ media }: Parts, peer: PeerRecord): Quality {
  const streams = peer.producers.flatMap((producer) => {
    const stream = media.shownOf(peer.peerId, producer.source);
    return stream === undefined
      ? []
      : [
          {
            score: stream.score,
            producerScore: stream.producerScore,
            paused: stream.paused || producer.paused || isStarting(media, stream),
          },
        ];
  });
  const isLost = peer.producers.some(({ producerId }) => media.restoration.isSilent(producerId));
  return remoteQuality(isLost ? 'reconnecting' : peer.connection, streams);
}
