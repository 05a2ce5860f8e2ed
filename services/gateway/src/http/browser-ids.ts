import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { GATEWAY_COOKIES } from '@parley/proto/edge';

const COOKIE = GATEWAY_COOKIES.browser;
const ID_BYTES = 16;
/** The longest time for which browsers keep a cookie. Each join begins it anew. */
const LIFETIME_S = 400 * 86_400;
const IN_HEADER = new RegExp(`(?:^|;)\\s*${COOKIE}=([\\w-]{22})\\.([\\w-]{43})\\s*(?:;|$)`);

/**
 * The ids by which a guest's browser is known again: `<id>.<signature>` in a cookie. Nothing is stored, and every gateway with the
 * same key accepts it. A person who deletes the cookie is somebody else from then on.
 */
export class BrowserIds {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = createHmac('sha256', key).update('browser ids').digest();
  }

  create(): string {
    return randomBytes(ID_BYTES).toString('base64url');
  }

  /** The id in the Cookie header; undefined if there is none that we signed. */
  read(cookies: string | undefined): string | undefined {
    const [, id = '', signature = ''] = IN_HEADER.exec(cookies ?? '') ?? [];
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(id);
    return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
  }

  /** The value of a Set-Cookie header. `isSecure`: the page came over https. */
  write(id: string, isSecure: boolean): string {
    const value = `${COOKIE}=${id}.${this.#sign(id).toString('base64url')}`;
    const secure = isSecure ? '; Secure' : '';
    return `${value}; Path=/api; Max-Age=${LIFETIME_S}; HttpOnly; SameSite=Lax${secure}`;
  }

  #sign(id: string): Buffer {
    return createHmac('sha256', this.#key).update(id).digest();
  }
}
