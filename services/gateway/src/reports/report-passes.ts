import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import { traceIdSchema, type TraceId } from '@parley/proto/ids';

/** Longer than a call. */
const LIFETIME_MS = 48 * 60 * 60 * 1000;
const PASS = /^([0-9a-f]{32})\.([0-9a-z]{1,12})\.([\w-]{43})$/;

/**
 * The permission of a call to send log lines and reports of its quality: `<trace id>.<expiry>.<signature>`. A call gets it with
 * its join token, so nobody can write lines into a trace that no join has. Nothing is stored, and every gateway with the same
 * key accepts it.
 */
export class ReportPasses {
  readonly #key: Buffer;
  readonly #now: () => number;

  /** @param key LOG_KEY. Without it only this process accepts its passes. */
  constructor(key: string | undefined, now: () => number = Date.now) {
    this.#key = createHmac('sha256', key ?? randomBytes(32))
      .update('report passes')
      .digest();
    this.#now = now;
  }

  issue(traceId: TraceId): string {
    const payload = `${traceId}.${(this.#now() + LIFETIME_MS).toString(36)}`;
    return `${payload}.${this.#sign(payload).toString('base64url')}`;
  }

  /**
   * The trace that may be reported.
   *
   * @throws ParleyError `unauthenticated`
   */
  verify(pass: unknown): TraceId {
    const [, trace = '', expiry = '', signature = ''] = PASS.exec(typeof pass === 'string' ? pass : '') ?? [];
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(`${trace}.${expiry}`);
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isSigned || Number.parseInt(expiry, 36) <= this.#now()) throw new ParleyError('unauthenticated');
    return traceIdSchema.parse(trace);
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest();
  }
}
