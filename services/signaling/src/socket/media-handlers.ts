import {
  ParleyError,
  SOURCE_KINDS,
  SOURCE_PERMISSIONS,
  type ConsumeResult,
  type ProducerId,
} from '@parley/proto';
import type { LocalRooms } from '../room/local-rooms.ts';
import type { Handlers } from './handler-types.ts';

type TransportVerbs = 'transport:connect' | 'transport:restart-ice';
type ProducerVerbs = 'producer:create' | 'producer:pause' | 'producer:resume' | 'producer:close';
type ConsumerVerbs =
  | 'consumer:create'
  | 'consumer:pause'
  | 'consumer:resume'
  | 'consumer:close'
  | 'consumer:set-layers'
  | 'consumer:request-key-frame';

/** Ids of transports and consumers are checked by the node, which has them by peer. */
export function createTransportHandlers(): Pick<Handlers, TransportVerbs> {
  return {
    'transport:connect': async ({ transportId, dtlsParameters }, session) => {
      await session.media.connectTransport(transportId, dtlsParameters);
      return {};
    },

    'transport:restart-ice': async ({ transportId }, session) => ({
      iceParameters: await session.media.restartIce(transportId),
    }),
  };
}

export function createProducerHandlers(): Pick<Handlers, ProducerVerbs> {
  return {
    'producer:create': async ({ source, kind, rtpParameters, paused }, session) => {
      if (!session.permissions.includes(SOURCE_PERMISSIONS[source])) throw new ParleyError('forbidden');
      if (kind !== SOURCE_KINDS[source])
        throw new ParleyError('invalid_request', 'The kind does not go with the source.');
      const { media } = session;
      const producerId = await media.produce({ source, kind, rtpParameters, paused });
      // A repeated request finds its producer as it was made, muted or not since.
      const known = (await session.record()).producers.find((producer) => producer.producerId === producerId);
      if (known === undefined) await session.putProducer({ producerId, source, kind, paused });
      return { producerId };
    },

    'producer:pause': async ({ producerId }, session) => {
      session.assertOwn(producerId);
      await session.mute(producerId);
      return {};
    },

    'producer:resume': async ({ producerId }, session) => {
      session.assertOwn(producerId);
      await session.unmute(producerId);
      return {};
    },

    'producer:close': async ({ producerId }, session) => {
      session.assertOwn(producerId);
      await session.media.closeProducer(producerId);
      await session.dropProducers([producerId]);
      return {};
    },
  };
}

/** What clients here were told of is known here, so that what is shown can change while the store is away. */
export function createConsumerHandlers(localRooms: LocalRooms): Pick<Handlers, ConsumerVerbs> {
  return {
    'consumer:create': async ({ producers }, session) => {
      const room = localRooms.find(session.code);
      const produced = new Set(
        producers.map(({ producerId }) => producerId).filter((id) => room?.hasProducer(id) === true),
      );
      const outcomes = await session.media.consume(
        producers.filter(({ producerId }) => produced.has(producerId)),
      );
      const results = producers.map(({ producerId }) =>
        produced.has(producerId) ? (outcomes.shift() ?? missing(producerId)) : missing(producerId),
      );
      return { results };
    },

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

/** One that closed meanwhile, or one of another room: the client is not told which. */
function missing(producerId: ProducerId): ConsumeResult {
  return { status: 'failed', producerId, error: new ParleyError('producer_not_found').toBody() };
}
