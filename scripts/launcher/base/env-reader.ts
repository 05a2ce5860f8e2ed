import { LaunchError } from './launch-error.ts';

const HIGHEST_PORT = 65_535;

/** Reads variables for a launcher and keeps what is wrong with them, so that all of it is told at once. */
export class EnvReader {
  readonly #env: NodeJS.ProcessEnv;
  readonly #problems: string[] = [];

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Nothing for a variable that is not set or empty. */
  text(name: string): string | undefined {
    return this.#env[name] || undefined;
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    this.problem(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
    return fallback;
  }

  port(name: string, fallback: number): number {
    return this.integer(name, fallback, 1, HIGHEST_PORT);
  }

  /** Those of the ports that are set. */
  givenPorts<Name extends string>(defaults: Readonly<Record<Name, number>>): ReadonlyMap<Name, number> {
    const names = (Object.keys(defaults) as Name[]).filter((name) => this.text(name));
    return new Map(names.map((name) => [name, this.port(name, defaults[name])]));
  }

  problem(text: string): void {
    this.#problems.push(text);
  }

  /** Throws a LaunchError that tells everything that was wrong. */
  finish(): void {
    if (this.#problems.length > 0)
      throw new LaunchError(`The configuration is wrong.\n  ${this.#problems.join('\n  ')}`);
  }
}
