import { Gauge, type Registry } from 'prom-client';
import { DTLS_STATES, ICE_STATES, LAYERS, PATH_PROTOCOLS, type MediaStates } from './media-states.ts';

/**
 * Exports the states of transports and consumers. `count` is called once each time that Prometheus reads the metrics.
 */
export function exportStates(registry: Registry, count: () => MediaStates): void {
  const once = oncePerTurn(count);
  const gauge = <K extends string>(
    name: string,
    help: string,
    label: string,
    keys: readonly K[],
    pick: (states: MediaStates) => Record<K, number>,
  ) =>
    new Gauge({
      name: `parley_media_${name}`,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        const counts = pick(once());
        for (const key of keys) this.set({ [label]: key }, counts[key]);
      },
    });
  gauge('transports_by_ice', 'WebRTC transports by the state of ICE', 'state', ICE_STATES, (s) => s.ice);
  gauge('transports_by_dtls', 'WebRTC transports by the state of DTLS', 'state', DTLS_STATES, (s) => s.dtls);
  gauge(
    'transports_by_path',
    'WebRTC transports that have a path, by its protocol at the node: udp, tcp',
    'protocol',
    PATH_PROTOCOLS,
    (s) => s.protocol,
  );
  gauge(
    'consumers_by_layer',
    'Video consumers of several layers, by the spatial layer that they get: 0 is the smallest, none is none now',
    'layer',
    LAYERS,
    (s) => s.layer,
  );
}

/** The registry collects all gauges in one turn of the event loop, so that one count serves all of them. */
function oncePerTurn<T>(count: () => T): () => T {
  let counted: { value: T } | undefined;
  return () => {
    if (counted === undefined) setImmediate(() => (counted = undefined));
    return (counted ??= { value: count() }).value;
  };
}
