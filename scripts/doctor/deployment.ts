/** One service and the variables that it runs with. */
export interface DeployedService {
  readonly name: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The deployment that the doctor looks at: an origin, the known services behind it, and files with secrets. */
export interface Deployment {
  /** Shown to the person: where the doctor found the deployment. */
  readonly source: string;
  /** Scheme, host and port that browsers use; `undefined` if only settings are known. */
  readonly origin: string | undefined;
  readonly services: readonly DeployedService[];
  readonly secretFiles: readonly string[];
  /** Whether the addresses in the variables can be reached from here; those of containers cannot. */
  readonly isInside: boolean;
}

/** The values of a variable, each with the names of the services that have it. */
export function valuesOf(deployment: Deployment, variable: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { name, env } of deployment.services) {
    const value = env[variable];
    if (value) values.set(value, [...(values.get(value) ?? []), name]);
  }
  return values;
}
