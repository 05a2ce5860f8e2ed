import type { RegisteredInstance } from './consul-client.ts';
import type { ServiceInstance } from './service-registry.ts';

/**
 * The instances to use: those that pass their health checks. When none does they are all given, because a Consul that
 * cannot reach anybody says as much of services that answer; whoever calls them finds out.
 */
export function usable(instances: readonly RegisteredInstance[]): readonly ServiceInstance[] {
  const passing = instances.filter((entry) => entry.passing);
  return (passing.length > 0 ? passing : instances).map((entry) => entry.instance);
}

/**
 * What is listed, and what was known and is not listed. What was passing and is known again, but not checked yet, is
 * still taken for passing. An instance that came back under another name has its address only once.
 */
export function keepVanished(
  known: readonly RegisteredInstance[],
  listed: readonly RegisteredInstance[],
): RegisteredInstance[] {
  const wasPassing = new Set(known.filter((entry) => entry.passing).map((entry) => entry.instance.id));
  const ids = new Set(listed.map((entry) => entry.instance.id));
  const addresses = new Set(listed.map((entry) => entry.instance.address));
  const vanished = known.filter(({ instance }) => !ids.has(instance.id) && !addresses.has(instance.address));
  const again = listed.map(({ instance, passing }) => ({
    instance,
    passing: passing || wasPassing.has(instance.id),
  }));
  return [...again, ...vanished];
}

/** In whichever order. */
export function sameInstances(
  one: readonly RegisteredInstance[],
  other: readonly RegisteredInstance[],
): boolean {
  const texts = new Set(one.map((entry) => JSON.stringify(entry)));
  return one.length === other.length && other.every((entry) => texts.has(JSON.stringify(entry)));
}
