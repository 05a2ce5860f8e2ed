/** What the launcher must know of a service to run it. The whole system is a list of these. */
export interface ServiceSpec {
  readonly name: string;
  /** Names of the services that must be ready before this one is started. */
  readonly after: readonly string[];
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Shown beside the name, for example "127.0.0.1:4000". */
  readonly address: string;
  /** Asked again and again while the process with this id starts. */
  readonly isReady: (pid: number) => Promise<boolean>;
  /** Asks the process to end. */
  readonly stopSignal: NodeJS.Signals;
  /** The user it runs as, if not ours. */
  readonly identity?: ProcessIdentity;
}

export interface ProcessIdentity {
  readonly uid: number;
  readonly gid: number;
}
