import type { ServiceRegistry } from '@parley/common/discovery';

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
  return [
    ...uniqueAddresses(registered),
    ...others.map(({ name, address }) => group(name, address, address)),
  ];
}

/** Whoever died and came back under another id is still registered under the first: it must not be counted twice. */
function uniqueAddresses(groups: readonly TargetGroup[]): TargetGroup[] {
  return [...new Map(groups.map((one) => [one.targets[0], one])).values()];
}

function group(service: string, id: string, target: string): TargetGroup {
  return { targets: [target], labels: { service, instance_id: id } };
}
