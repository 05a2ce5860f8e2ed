/** One service and the variables that it runs with. */
export interface DeployedService {
  readonly name: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is looked at: an origin, what is known of the services behind it, and files that hold secrets. */
export interface Deployment {
  /** For a person: where this was learnt. */
  readonly source: string;
  /** Scheme, host and port that browsers use; nothing where only settings are known. */
  readonly origin: string | undefined;
  readonly services: readonly DeployedService[];
  readonly secretFiles: readonly string[];
  /** Whether the addresses in the variables can be reached from here; those of containers cannot. */
  readonly isInside: boolean;
}

/** The different values that the services have for a variable, with whose they are. */
export function valuesOf(deployment: Deployment, variable: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { name, env } of deployment.services) {
    const value = env[variable];
    if (value) values.set(value, [...(values.get(value) ?? []), name]);
  }
  return values;
}
