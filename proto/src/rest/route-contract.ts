import type { z } from 'zod';

type Rate = { readonly burst: number; readonly perSecond: number };
export type RouteRate = {
  /**
   * For each address. With IPv6 for each /64, four times as much for each /56, and sixteen times for each /48. Bursts are
   * generous, because a whole office may share one address.
   */
  readonly perClient: Rate;
  /** For all clients of one gateway together, where each request costs something that lasts. */
  readonly total?: Rate;
};

/** The rules of routes: people who may use them. Each route names its rule, and the gateway checks it before it reads the request. */
export const ACCESS_RULES = {
  anybody: 'Everybody, logged in or not.',
  guest: 'An account; a guest too, where the server takes guests (`GUESTS`).',
  'room-creator':
    'An account; a guest too, where the server lets guests make rooms (`GUESTS`, `ROOM_CREATION`).',
  identity: 'An account, or a guest whose browser has an id.',
  session: 'The refresh token of a session, in its cookie.',
  account: 'An access token.',
  operator: 'An access token of an operator. For everybody else the route does not exist.',
  'room:host':
    'An identity. The owner of the rooms decides whether it leads the room that the path names, and answers others as if there were no such thing.',
  'room:owner':
    'An identity. The owner of the rooms decides whether the room belongs to it, and answers others as if there were no such thing.',
} as const;

export type RouteAccess = keyof typeof ACCESS_RULES;

export type RouteContract = {
  method: 'GET' | 'POST';
  access: RouteAccess;
  /** A guest whose browser has no id gets one with the answer, in a cookie. */
  givesBrowserId?: true;
  /** With {name} where OpenAPI has it. */
  path: string;
  /** One or two sentences for the documents. */
  description: string;
  /** How many requests are answered; null for any number. The gateway multiplies it by RATE_LIMIT_FACTOR. */
  rate: RouteRate | null;
  params?: z.ZodType;
  /** What stands behind `?` in the address. */
  query?: z.ZodType;
  body?: z.ZodType;
  /** Where it may be larger than others. */
  bodyMaxBytes?: number;
  /** `upload`: the body is the file itself; `download`: the answer is. */
  file?: 'upload' | 'download';
  status: number;
  /** Of a route that answers with a text to save; the handler sets the header. JSON where absent. */
  contentTypes?: readonly string[];
  /** Nothing at all with the statuses 204 and 302. */
  response: z.ZodType;
};
