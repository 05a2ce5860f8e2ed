/** How much an attack sends. `small` is for `npm test`: few packets, and no bar that depends on the speed of the machine. */
export type Scale = 'small' | 'full';

/** What got through, beside the bar. */
export type Finding = {
  readonly what: string;
  readonly got: string;
  readonly bar: string;
  readonly held: boolean;
};

/** The servers of one or more attacks, on this machine and on ports of their own. */
export type Servers<S> = {
  start(): Promise<S>;
  stop(servers: S): Promise<void>;
};

export type Attack<S> = {
  /** For `npm run attack -- NAME`. */
  readonly name: string;
  /** What the attacker does, in one sentence. */
  readonly description: string;
  /** Attacks with the same object share the servers, one after the other. Each takes addresses and rooms of its own. */
  readonly servers: Servers<S>;
  /** Throws if the attack cannot be carried out. What got through is a finding and no error. */
  run(servers: S, scale: Scale): Promise<Finding[]>;
};

/** An attack of any servers, for lists. */
export type AnyAttack = Attack<never> | Attack<unknown>;

export function atMost(what: string, got: number, most: number, unit = ''): Finding {
  return { what, got: amount(got, unit), bar: `at most ${amount(most, unit)}`, held: got <= most };
}

export function atLeast(what: string, got: number, least: number, unit = ''): Finding {
  return { what, got: amount(got, unit), bar: `at least ${amount(least, unit)}`, held: got >= least };
}

/** The finding about a fact that either is so or is not, with both in words. */
export function mustBe(what: string, got: unknown, wanted: unknown): Finding {
  return { what, got: String(got), bar: String(wanted), held: String(got) === String(wanted) };
}

function amount(value: number, unit: string): string {
  const rounded = Number.isInteger(value) ? String(value) : value.toFixed(1);
  return unit === '' ? rounded : `${rounded} ${unit}`;
}
