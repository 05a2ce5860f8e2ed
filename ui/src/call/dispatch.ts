import { publishes } from '@parley/proto/requests';
import type { Act } from '@parley/proto/room';
import type { ClientLog } from './base/log.ts';
import type { LocalMedia } from './devices/local-media.ts';
import type { Media } from './media/media.ts';
import type { Chat } from './state/chat/chat.ts';
import type { Leading } from './state/leading.ts';
import type { Reactions } from './state/reactions.ts';
import type { RoomState } from './state/room-state.ts';
import type { NotificationEvent } from './signaling/signaling-connection.ts';

type Parts = {
  room: RoomState;
  media: Media;
  devices: LocalMedia;
  chat: Chat;
  reactions: Reactions;
  leading: Leading;
  onAct: (act: Act) => void;
  log: ClientLog;
};

/** Gives each notification to the part that applies it. The switch is exhaustive: a new notification does not compile without a case. */
export function dispatch(event: NotificationEvent, parts: Parts): void {
  const { room, media, chat, reactions, leading, log } = parts;
  switch (event.name) {
    case 'room:updated':
    case 'peer:joined':
    case 'peer:updated':
    case 'peer:left':
    case 'peers:changed':
      applyRecord(event, parts);
      return;
    case 'peer:reacted': {
      const { peerId, reaction } = event.payload;
      // The page showed the person's own reaction when it was sent.
      if (peerId !== room.records.selfId) reactions.show(peerId, room.nameOf(peerId) ?? '', reaction);
      return;
    }
    case 'waiting:changed':
      leading.handleWaiting(event.payload);
      return;
    case 'door:changed':
      room.applyDoor(event.payload);
      return;
    case 'door:admitted':
    case 'door:denied':
    case 'lobby:changed':
      // `SignalingClient` and the lobby handle these before the join.
      return;
    case 'act:done':
      parts.onAct(event.payload.act);
      return;
    case 'speakers:changed':
      room.applySpeakers(event.payload);
      media.consumption.speakersChanged();
      return;
    case 'voices:changed':
      media.consumption.setForwarded(event.payload.producerIds);
      return;
    case 'chat:received':
    case 'chat:changed':
    case 'chat:typed':
    case 'chat:cleared':
      return dispatchChat(event, chat);
    case 'ice-servers:renewed':
      media.renewIceServers(event.payload.iceServers);
      return;
    case 'media:reset':
      log('warn', 'media reset', { reason: event.payload.reason });
      if (event.payload.reason === 'room-moved') media.move();
      else media.restoration.handle('media-gone');
      return;
    case 'session:ended':
      // `SignalingClient` handles this notification and does not pass it on.
      return;
    default:
      dispatchMedia(event, media);
  }
}

type MediaEvent = Extract<NotificationEvent, { name: `consumer:${string}` | `producer:${string}` }>;

function dispatchMedia(event: MediaEvent, media: Media): void {
  switch (event.name) {
    case 'consumer:closed':
      media.consumption.handleClosed(event.payload.consumerId);
      return;
    case 'consumer:score-changed': {
      const { consumerId, score, producerScore } = event.payload;
      media.consumption.handleScore(consumerId, score, producerScore);
      return;
    }
    case 'consumer:layers-changed':
      media.consumption.handleLayers(
        event.payload.consumerId,
        event.payload.spatialLayer,
        event.payload.temporalLayer,
      );
      return;
    case 'producer:score-changed':
      media.handleProducerScores(event.payload.producerId, event.payload.scores);
      return;
    case 'producer:layers-wanted':
      media.handleLayersWanted(event.payload.producerId, event.payload.wanted, event.payload.maxSpatialLayer);
      return;
  }
}

function applyRecord(event: NotificationEvent, { room, media, devices }: Parts): void {
  room.apply(event);
  media.consumption.recordsChanged();
  if (event.name !== 'peer:updated' || event.payload.peer.peerId !== room.records.selfId) return;
  devices.obey(event.payload.peer);
  media.sending.allow(publishes(event.payload.peer.role));
}

type ChatEvent = Extract<NotificationEvent, { name: `chat:${string}` }>;

function dispatchChat(event: ChatEvent, chat: Chat): void {
  switch (event.name) {
    case 'chat:received':
      return chat.receive(event.payload.message);
    case 'chat:changed':
      return chat.receiveChange(event.payload.message);
    case 'chat:typed':
      return chat.typists.handle(event.payload);
    case 'chat:cleared':
      return chat.handleCleared(event.payload);
  }
}
