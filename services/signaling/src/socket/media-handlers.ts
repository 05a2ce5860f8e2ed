import { ParleyError } from '@parley/proto/errors';
import { SOURCE_KINDS } from '@parley/proto/rtp';
import type { IceOffer } from '../peer/ice-offer.ts';
import type { LocalRooms } from '../room/local-rooms.ts';
import { receive } from '../room/media/reception.ts';
import type { Handlers } from './handler-types.ts';

type TransportVerbs = 'transport:connect' | 'transport:restart-ice' | 'transport:open-send';
type ProducerVerbs = 'producer:create' | 'producer:pause' | 'producer:resume' | 'producer:close';
type ConsumerVerbs =
  | 'consumer:create'
  | 'consumer:pause'
  | 'consumer:resume'
  | 'consumer:close'
  | 'consumer:set-layers'
  | 'consumer:request-key-frame';

/** The media node checks ids of transports and consumers, because it has them by peer. */
export function createTransportHandlers(ice: IceOffer): Pick<Handlers, TransportVerbs> {
  return {
    'transport:connect': async ({ transportId, dtlsParameters }, session) => {
      await session.media.connectTransport(transportId, dtlsParameters);
      return {};
    },

    'transport:restart-ice': async ({ transportId }, session) => ({
      iceParameters: await session.media.restartIce(transportId),
    }),

    'transport:open-send': async (_payload, session) => {
      const transport = await session.sent.openTransport();
      return { transport, iceServers: ice.serversFor(session) };
    },
  };
}

export function createProducerHandlers(): Pick<Handlers, ProducerVerbs> {
  return {
    'producer:create': async ({ source, kind, rtpParameters, paused }, session) => {
      if (kind !== SOURCE_KINDS[source])
        throw new ParleyError('invalid_request', 'The kind does not go with the source.');
      const pauseReason = paused ? undefined : session.sent.pauseReasonFor(source);
      const isPaused = paused || pauseReason !== undefined;
      session.permissions.assertMaySend(source, isPaused);
      const { media } = session;
      const producerId = await media.produce({ source, kind, rtpParameters, paused: isPaused });
      // After a repeated request the record has the producer already, maybe muted meanwhile.
      const known = (await session.record()).producers.find((producer) => producer.producerId === producerId);
      if (known === undefined)
        await session.sent.put({
          producerId,
          source,
          kind,
          paused: isPaused,
          ...(pauseReason && { pauseReason }),
        });
      return { producerId };
    },

    'producer:pause': async ({ producerId }, session) => {
      if (await session.sent.endFormer(producerId)) return {};
      session.sent.assertOwn(producerId);
      await session.sent.mute(producerId);
      return {};
    },

    'producer:resume': async ({ producerId }, session) => {
      session.sent.assertOwn(producerId);
      await session.sent.unmute(producerId);
      return {};
    },

    'producer:close': async ({ producerId }, session) => {
      if (await session.sent.endFormer(producerId)) return {};
      session.sent.assertOwn(producerId);
      await session.sent.close(producerId);
      return {};
    },
  };
}

export function createConsumerHandlers(localRooms: LocalRooms): Pick<Handlers, ConsumerVerbs> {
  return {
    'consumer:create': async ({ producers }, session) => ({
      results: await receive(
        (producerId) => localRooms.find(session.code)?.homeOf(producerId),
        session,
        producers,
      ),
    }),

    'consumer:pause': async ({ consumerIds }, session) => {
      await session.media.pauseConsumers(consumerIds);
      return {};
    },

    'consumer:resume': async ({ consumerIds }, session) => {
      await session.media.resumeConsumers(consumerIds);
      return {};
    },

    'consumer:close': async ({ consumerIds }, session) => {
      await session.media.closeConsumers(consumerIds);
      return {};
    },

    'consumer:set-layers': async ({ layers }, session) => {
      await session.media.setPreferredLayers(layers);
      return {};
    },

    'consumer:request-key-frame': async ({ consumerIds }, session) => {
      await session.media.requestKeyFrames(consumerIds);
      return {};
    },
  };
}
