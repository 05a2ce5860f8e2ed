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
 * The targets that Prometheus scrapes: the admin server of every registered instance, ready or not, and the others. The
 * order is fixed, so that an answer differs from the one before only if a target changed.
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

/** An instance that died and came back has a new id while its old id is still registered; its address counts once. */
function uniqueAddresses(groups: readonly TargetGroup[]): TargetGroup[] {
  return [...new Map(groups.map((one) => [one.targets[0], one])).values()];
}

function group(service: string, id: string, target: string): TargetGroup {
  return { targets: [target], labels: { service, instance_id: id } };
}
