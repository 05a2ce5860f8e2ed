/** Everything that the supervisor needs to run a service. A system is a list of these. */
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
  /** Called repeatedly while the process with this id starts. */
  readonly isReady: (pid: number) => Promise<boolean>;
  /** Whether it runs from the sources of Parley, so that a new version of them needs a new process. */
  readonly isOurs?: boolean;
  /** Whether the people of a call wait while it starts again: without their socket they open no media, on whatever node. */
  readonly isAwaited?: boolean;
  /** The signal that asks the process to end. */
  readonly stopSignal: NodeJS.Signals;
  /** The user that runs the process, if it is not the user of the launcher. */
  readonly identity?: ProcessIdentity;
}

export interface ProcessIdentity {
  readonly uid: number;
  readonly gid: number;
  /** The groups besides `gid`. None where absent. */
  readonly groups?: readonly number[];
  /** Whether the process may listen on ports below 1024. */
  readonly mayUseLowPorts?: boolean;
}
