import type { ServiceRegistry } from '@parley/common';

/** The services that register; others are named by METRICS_TARGETS. */
export const REGISTERED_SERVICES = ['gateway', 'signaling', 'media', 'logs'] as const;

/** One group of Prometheus's HTTP service discovery. */
export type TargetGroup = {
  targets: [string];
  labels: { service: string; instance_id: string };
};

type NamedAddress = { readonly name: string; readonly address: string };

/**
 * Whom Prometheus asks for metrics: the admin server of every registered instance, ready or not, and those that are
 * named besides. In a fixed order, so that an answer differs from the last one only where something changed.
 */
export function metricsTargets(registry: ServiceRegistry, others: readonly NamedAddress[]): TargetGroup[] {
  const registered = REGISTERED_SERVICES.flatMap((service) =>
    registry
      .registered(service)
      .flatMap(({ id, adminAddress }) =>
        adminAddress === undefined ? [] : [group(service, id, adminAddress)],
      )
      .toSorted((one, other) => (one.labels.instance_id < other.labels.instance_id ? -1 : 1)),
  );
  return [...registered, ...others.map(({ name, address }) => group(name, address, address))];
}

function group(service: string, id: string, target: string): TargetGroup {
  return { targets: [target], labels: { service, instance_id: id } };
}
