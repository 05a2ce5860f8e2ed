import { LaunchError } from './launch-error.ts';

const HIGHEST_PORT = 65_535;

/** Reads variables and collects the problems, so that one message names all of them. */
export class EnvReader {
  readonly #env: NodeJS.ProcessEnv;
  readonly #problems: string[] = [];

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** `undefined` if the variable is not set or empty. */
  text(name: string): string | undefined {
    return this.#env[name] || undefined;
  }

  /** The words of a list; `undefined` if there is none. Its service says which words are wrong. */
  list(name: string): string[] | undefined {
    const words = (this.text(name) ?? '').split(/[\s,]+/).filter((word) => word !== '');
    return words.length > 0 ? words : undefined;
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

  /** The ports whose variables are set. */
  givenPorts<Name extends string>(defaults: Readonly<Record<Name, number>>): ReadonlyMap<Name, number> {
    const names = (Object.keys(defaults) as Name[]).filter((name) => this.text(name));
    return new Map(names.map((name) => [name, this.port(name, defaults[name])]));
  }

  /** The path of the mediasoup worker, which the set-up has found or made. */
  workerPath(): string {
    const path = this.text('MEDIASOUP_WORKER_BIN');
    if (!path) this.problem('MEDIASOUP_WORKER_BIN is not set; start with "npm start".');
    return path ?? '';
  }

  problem(text: string): void {
    this.#problems.push(text);
  }

  /** Throws a LaunchError with every problem, if there is one. */
  finish(): void {
    if (this.#problems.length > 0)
      throw new LaunchError(`The configuration is wrong.\n  ${this.#problems.join('\n  ')}`);
  }
}
