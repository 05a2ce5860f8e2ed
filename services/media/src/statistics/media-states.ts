import type { types } from 'mediasoup';

/** A closed transport is not counted. */
export const ICE_STATES = ['new', 'connected', 'completed', 'disconnected'] as const;
export const DTLS_STATES = ['new', 'connecting', 'connected', 'failed', 'closed'] as const;
export const PATH_PROTOCOLS = ['udp', 'tcp'] as const;
/** `none`: the consumer is paused, or waits for a layer that can be forwarded. */
export const LAYERS = ['none', '0', '1', '2'] as const;

type Counts<K extends string> = Record<K, number>;
type Layer = (typeof LAYERS)[number];

/** How many transports and consumers of a worker are in each state now. */
export type MediaStates = {
  /** Transports by the state of ICE. */
  ice: Counts<(typeof ICE_STATES)[number]>;
  /** Transports by the state of DTLS. */
  dtls: Counts<types.DtlsState>;
  /** Transports that have a path, by its protocol at the node. A path through a TURN relay counts as any other. */
  protocol: Counts<types.TransportProtocol>;
  /** Video consumers of several layers, by the spatial layer that is forwarded. */
  layer: Counts<Layer>;
};

type SeenTransport = Pick<types.WebRtcTransport, 'iceState' | 'dtlsState' | 'iceSelectedTuple'>;
type SeenConsumer = Pick<types.Consumer, 'kind' | 'type' | 'currentLayers'>;

/** Reads what mediasoup keeps in this process, and asks the worker nothing. */
export function countStates(
  transports: Iterable<SeenTransport>,
  consumers: Iterable<SeenConsumer>,
): MediaStates {
  const states = noStates();
  for (const { iceState, dtlsState, iceSelectedTuple } of transports) {
    if (iceState !== 'closed') states.ice[iceState]++;
    states.dtls[dtlsState]++;
    if (iceSelectedTuple) states.protocol[iceSelectedTuple.protocol]++;
  }
  for (const { kind, type, currentLayers } of consumers) {
    if (kind === 'video' && type !== 'simple') states.layer[layerOf(currentLayers)]++;
  }
  return states;
}

export function sumStates(all: readonly MediaStates[]): MediaStates {
  const sum = noStates();
  for (const states of all) {
    for (const key of ICE_STATES) sum.ice[key] += states.ice[key];
    for (const key of DTLS_STATES) sum.dtls[key] += states.dtls[key];
    for (const key of PATH_PROTOCOLS) sum.protocol[key] += states.protocol[key];
    for (const key of LAYERS) sum.layer[key] += states.layer[key];
  }
  return sum;
}

function noStates(): MediaStates {
  return {
    ice: zeros(ICE_STATES),
    dtls: zeros(DTLS_STATES),
    protocol: zeros(PATH_PROTOCOLS),
    layer: zeros(LAYERS),
  };
}

function zeros<K extends string>(keys: readonly K[]): Counts<K> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Counts<K>;
}

/** Senders have three layers at most. */
function layerOf(layers: types.ConsumerLayers | undefined): Layer {
  return layers === undefined ? 'none' : (LAYERS[Math.min(layers.spatialLayer, 2) + 1] ?? 'none');
}
