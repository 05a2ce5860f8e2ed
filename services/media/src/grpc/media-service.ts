import type { GrpcContext, GrpcHandlers } from '@parley/common/grpc';
import type { ConsumerId } from '@parley/proto/ids';
import {
  fromDtlsParametersMessage,
  fromMediaKindMessage,
  fromRtpCapabilitiesMessage,
  fromRtpParametersMessage,
  fromSourceMessage,
  toConsumerParametersMessage,
  toIceParametersMessage,
  toMediaKindMessage,
  toSourceMessage,
  toTransportParametersMessage,
  type media,
  type MediaService,
} from '@parley/proto/media-rpc';
import { fromMediasoupError } from '../router/mediasoup-errors.ts';
import type { MediaNode } from '../node/media-node.ts';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { ProbeServer } from '../network/probe-server.ts';
import type { Peer } from '../room/peer.ts';
import type { PeerConsumer } from '../router/peer-consumer.ts';
import { openLink } from './link-handler.ts';
import {
  consumeRequestSchema,
  consumersRequestSchema,
  findProducerRequestSchema,
  handRequestSchema,
  layersRequestSchema,
  openPeerRequestSchema,
  parseRequest,
  peerRequestSchema,
  producerRequestSchema,
  roomRequestSchema,
  transportRequestSchema,
} from './requests.ts';

/** Where a node is that knows it, and where browsers measure how far that is. */
export type NodeLocation = { readonly region: string; readonly probes: Pick<ProbeServer, 'addresses'> };

/**
 * The media node over gRPC. Each handler parses its request, finds the object that the ids name, and makes one call.
 */
export function createMediaService(
  node: MediaNode,
  location?: NodeLocation,
): GrpcHandlers<typeof MediaService> {
  return {
    ...nodeHandlers(node, location),
    ...peerHandlers(node),
    ...transportHandlers(node),
    ...producerHandlers(node),
    ...consumerHandlers(node),
    ...linkHandlers(node),
  };
}

type Handlers = GrpcHandlers<typeof MediaService>;

function nodeHandlers(
  node: MediaNode,
  location: NodeLocation | undefined,
): Pick<Handlers, 'getStatus' | 'watch'> {
  return {
    getStatus: () => ({
      accepting: node.accepting,
      workers: node.workers.map(workerStatus),
      rooms: node.roomCount,
      peers: node.peerCount,
      draining: node.draining,
      freePipePorts: node.freePipePorts,
      region: location?.region ?? '',
      probes: location?.probes.addresses ?? [],
    }),

    watch: (request, stream, context) => {
      const { roomId } = parseRequest(roomRequestSchema, request);
      context.logger.debug({ roomId }, 'room watched');
      node.watch(roomId, stream);
    },
  };
}

function peerHandlers(node: MediaNode): Pick<Handlers, 'openPeer' | 'closePeer' | 'findPeer' | 'setHand'> {
  return {
    openPeer: async (request, context) => {
      const { roomId, peerId, origin, receiveOnly } = parseRequest(openPeerRequestSchema, request);
      const rtpCapabilities = fromRtpCapabilitiesMessage(request.rtpCapabilities);
      const opening = { receiveOnly, ...(origin !== '' && { origin }) };
      const peer = await node.openPeer(roomId, peerId, rtpCapabilities, opening);
      context.logger.info({ roomId, peerId, receiveOnly }, 'peer opened');
      const { sendTransport } = peer;
      return {
        ...(sendTransport && { sendTransport: toTransportParametersMessage(sendTransport.parameters) }),
        receiveTransport: toTransportParametersMessage(peer.receiveTransport.parameters),
      };
    },

    closePeer: async (request, context) => {
      const { roomId, peerId } = parseRequest(peerRequestSchema, request);
      await node.closePeer(roomId, peerId);
      context.logger.info({ roomId, peerId }, 'peer closed');
      return {};
    },

    findPeer: (request) => {
      const { roomId, peerId } = parseRequest(peerRequestSchema, request);
      return { open: node.hasPeer(roomId, peerId) };
    },

    setHand: (request) => {
      const { roomId, peerId, raised } = parseRequest(handRequestSchema, request);
      node.room(roomId).setHand(peerId, raised);
      return {};
    },
  };
}

function transportHandlers(
  node: MediaNode,
): Pick<Handlers, 'connectTransport' | 'restartIce' | 'openSendTransport' | 'closeSendTransport'> {
  return {
    connectTransport: async (request) => {
      const { roomId, peerId, transportId } = parseRequest(transportRequestSchema, request);
      const dtlsParameters = fromDtlsParametersMessage(request.dtlsParameters);
      await node.room(roomId).peer(peerId).transport(transportId).connect(dtlsParameters);
      return {};
    },

    openSendTransport: async (request, context) => {
      const { roomId, peerId } = parseRequest(peerRequestSchema, request);
      const transport = await node.room(roomId).peer(peerId).openSendTransport();
      context.logger.info({ roomId, peerId }, 'transport to send on opened');
      return { transport: toTransportParametersMessage(transport.parameters) };
    },

    closeSendTransport: (request, context) => {
      const { roomId, peerId } = parseRequest(peerRequestSchema, request);
      node.room(roomId).peer(peerId).closeSendTransport();
      context.logger.info({ roomId, peerId }, 'transport to send on closed');
      return {};
    },

    restartIce: async (request, context) => {
      const { roomId, peerId, transportId } = parseRequest(transportRequestSchema, request);
      const iceParameters = await node.room(roomId).peer(peerId).transport(transportId).restartIce();
      context.logger.info({ roomId, peerId }, 'ICE restarted');
      return { iceParameters: toIceParametersMessage(iceParameters) };
    },
  };
}

function producerHandlers(
  node: MediaNode,
): Pick<Handlers, 'produce' | 'setProducerPaused' | 'closeProducer'> {
  return {
    produce: async (request, context) => {
      const { roomId, peerId } = parseRequest(peerRequestSchema, request);
      const producer = await node
        .room(roomId)
        .peer(peerId)
        .producers.produce({
          source: fromSourceMessage(request.source),
          kind: fromMediaKindMessage(request.kind),
          rtpParameters: fromRtpParametersMessage(request.rtpParameters),
          paused: request.paused,
        });
      context.logger.info({ roomId, peerId, source: producer.source }, 'producer opened');
      return { producerId: producer.id };
    },

    setProducerPaused: async (request) => {
      const { roomId, peerId, producerId } = parseRequest(producerRequestSchema, request);
      await node.room(roomId).peer(peerId).producers.setPaused(producerId, request.paused);
      return {};
    },

    closeProducer: (request, context) => {
      const { roomId, peerId, producerId } = parseRequest(producerRequestSchema, request);
      node.room(roomId).peer(peerId).producers.close(producerId);
      context.logger.info({ roomId, peerId }, 'producer closed');
      return {};
    },
  };
}

function consumerHandlers(
  node: MediaNode,
): Pick<
  Handlers,
  'consume' | 'setConsumersPaused' | 'setConsumerLayers' | 'closeConsumers' | 'requestKeyFrames'
> {
  return {
    consume: async (request, context) => {
      const { roomId, peerId, items } = parseRequest(consumeRequestSchema, request);
      const room = node.room(roomId);
      const peer = room.peer(peerId);
      const outcomes = await Promise.allSettled(
        items.map(async ({ producerId, preferredLayers, resumed, home }) => {
          const consumer = await room.consumers.consume(peer, producerId, preferredLayers ?? undefined, home);
          if (resumed) await consumer.setPaused(false);
          return consumer;
        }),
      );
      return {
        results: outcomes.map((outcome, i) => consumeResult(items[i]?.producerId ?? '', outcome, context)),
      };
    },

    setConsumersPaused: async (request) => {
      const { roomId, peerId, consumerIds } = parseRequest(consumersRequestSchema, request);
      await forEachConsumer(node.room(roomId).peer(peerId), consumerIds, (consumer) =>
        consumer.setPaused(request.paused),
      );
      return {};
    },

    setConsumerLayers: async (request) => {
      const { roomId, peerId, layers } = parseRequest(layersRequestSchema, request);
      const wanted = new Map(layers.map((item) => [item.consumerId, item]));
      await forEachConsumer(node.room(roomId).peer(peerId), [...wanted.keys()], async (consumer) => {
        const item = wanted.get(consumer.id);
        if (item?.priority !== undefined) await consumer.setPriority(item.priority);
        if (item?.preferredLayers) await consumer.setPreferredLayers(item.preferredLayers);
      });
      return {};
    },

    closeConsumers: (request) => {
      const { roomId, peerId, consumerIds } = parseRequest(consumersRequestSchema, request);
      const peer = node.room(roomId).peer(peerId);
      for (const consumerId of consumerIds) peer.consumers.close(consumerId);
      return {};
    },

    requestKeyFrames: async (request) => {
      const { roomId, peerId, consumerIds } = parseRequest(consumersRequestSchema, request);
      await forEachConsumer(node.room(roomId).peer(peerId), consumerIds, (consumer) =>
        consumer.requestKeyFrame(),
      );
      return {};
    },
  };
}

/** What other media nodes ask. */
function linkHandlers(node: MediaNode): Pick<Handlers, 'findProducer' | 'link'> {
  return {
    findProducer: (request) => {
      const { roomId, producerId } = parseRequest(findProducerRequestSchema, request);
      const { producer, peerId, routerId } = node.room(roomId).links.find(producerId);
      return {
        routerId,
        peerId,
        source: toSourceMessage(producer.source),
        kind: toMediaKindMessage(producer.kind),
        spatialLayerCount: producer.kind === 'video' ? producer.spatialLayerCount : 0,
        paused: producer.record.paused,
      };
    },

    link: (stream, context) => openLink(node, stream, context),
  };
}

/**
 * Acts on every consumer that exists, and fails only then for one that does not: a consumer may have been closed with
 * its producer a moment ago, and the rest of the batch must not suffer. A consumer that is named twice counts once.
 */
async function forEachConsumer(
  peer: Peer,
  ids: readonly ConsumerId[],
  act: (consumer: PeerConsumer) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled([...new Set(ids)].map(async (id) => act(peer.consumers.get(id))));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

function consumeResult(
  producerId: string,
  outcome: PromiseSettledResult<PeerConsumer>,
  { logger }: GrpcContext,
): media.ConsumeResultInput {
  if (outcome.status === 'fulfilled') {
    return { producerId, consumer: toConsumerParametersMessage(outcome.value.parameters) };
  }
  const error = fromMediasoupError(outcome.reason);
  if (error.code === 'internal') logger.error({ err: error }, 'consume failed');
  return { producerId, failure: { code: error.code, message: error.message } };
}

function workerStatus({ index, pid, healthy, rtcPort, census, cpu }: MediaWorker): media.WorkerStatusInput {
  const { routers, transports, producers, consumers } = census;
  return { index, pid, healthy, rtcPort, routers, transports, producers, consumers, cpu };
}
