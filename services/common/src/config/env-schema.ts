import { isIP } from 'node:net';
import { regionNameSchema } from '@parley/proto/regions';
import { z } from 'zod';
import { isHostName, isIceUrl, isPeerAddress, isUrlHost, readOrigin } from './network-address.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const DURATION_MAX_MS = 2 ** 31 - 1;
const ADDRESSES_MAX = 8;

type HostPort = { host: string; port: number };

/** Parses `host:port` or `[v6]:port`; undefined when the text is neither. */
export function parseHostPort(text: string): HostPort | undefined {
  const [, host, port] = /^(\[[^[\]]*\]|[^:[\]]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || !isUrlHost(host) || Number(port) < 1 || Number(port) > 65535) return undefined;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

export type PortRange = { readonly min: number; readonly max: number };

function parsePortRange(text: string): PortRange | undefined {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const [min, max] = [Number(first), Number(last)];
  return min >= 1024 && min <= max && max <= 65_535 ? { min, max } : undefined;
}

type NamedAddress = { name: string; address: string };

function parseNamedAddress(text: string): NamedAddress | undefined {
  const [, name, address] = /^([a-z][a-z0-9_-]{0,62})=(.+)$/.exec(text) ?? [];
  if (name === undefined || address === undefined || parseHostPort(address) === undefined) return undefined;
  return { name, address };
}

function withDefault<T>(schema: z.ZodType<T, string>, fallback: T | undefined): z.ZodType<T> {
  return fallback === undefined ? schema : schema.optional().transform((value) => value ?? fallback);
}

function wholeNumber(minimum: number, maximum: number, what: string): z.ZodType<number, string> {
  return z
    .string()
    .refine((text) => /^-?\d{1,15}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum, {
      error: `must be ${what}, ${minimum} to ${maximum}`,
    })
    .transform(Number);
}

function list(isItem: (item: string) => boolean, what: string): z.ZodType<string[], string> {
  return z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((item) => item !== ''))
    .refine((items) => items.length > 0 && items.every(isItem), {
      error: ({ input }) => `must be ${what}, separated by commas${whichIsNot(input, isItem)}`,
    });
}

/** Values of variables are never shown, so an item of a list is named by its number. */
function whichIsNot(items: unknown, isItem: (item: string) => boolean): string {
  if (!Array.isArray(items) || items.length < 2) return '';
  return `; number ${items.findIndex((item) => !isItem(String(item))) + 1} is not`;
}

function addresses(isAddress: (item: string) => boolean, what: string): z.ZodType<string[], string> {
  return list(isAddress, what).refine((items) => items.length <= ADDRESSES_MAX, {
    error: `must be ${ADDRESSES_MAX} addresses at most`,
    abort: true,
  });
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1));
}

/** Schemas for environment variables. With a default the variable may be absent; without one it must be set. */
export const envSchema = {
  text: (fallback?: string) => withDefault(z.string().min(1).max(1024), fallback),

  /** A host name or an address to listen on. */
  host: (fallback?: string) =>
    withDefault(
      z.string().refine((text) => /^[A-Za-z0-9._:-]{1,255}$/.test(text), {
        error: 'must be a host name or an address',
      }),
      fallback,
    ),

  /** Addresses to listen on. An unspecified address (0.0.0.0, ::) stands for every one. */
  listenAddressList: (fallback?: string[]) =>
    withDefault(
      addresses((item) => isIP(item) !== 0, 'IPv4 or IPv6 addresses'),
      fallback,
    ),

  /** Where others reach a machine of ours: addresses, and names for the DNS. */
  peerAddressList: (fallback?: string[]) =>
    withDefault(
      addresses(
        (item) => isPeerAddress(item) || isHostName(item),
        'addresses of one machine (IPv4, IPv6 without brackets) or host names',
      ),
      fallback,
    ),

  /** 0 lets the system choose. */
  port: (fallback?: number) => withDefault(wholeNumber(0, 65535, 'a port'), fallback),

  /** `40050-40100`: the first and the last. */
  portRange: () =>
    z
      .string()
      .transform(parsePortRange)
      .refine((range) => range !== undefined, { error: 'must be two ports, as 40050-40100' }),

  integer: (options: { min: number; max: number; default?: number }) =>
    withDefault(wholeNumber(options.min, options.max, 'a whole number'), options.default),

  durationMs: (fallback?: number) => withDefault(wholeNumber(0, DURATION_MAX_MS, 'milliseconds'), fallback),

  boolean: (fallback?: boolean) =>
    withDefault(
      z
        .string()
        .refine((text) => /^(?:true|false|1|0)$/.test(text), { error: 'must be true or false' })
        .transform((text) => text === 'true' || text === '1'),
      fallback,
    ),

  oneOf: <const T extends string>(values: readonly [T, ...T[]], fallback?: T) =>
    withDefault(
      z.enum(values, { error: `must be one of ${values.join(', ')}` }) as z.ZodType<T, string>,
      fallback,
    ),

  logLevel: () => envSchema.oneOf(LOG_LEVELS, 'info'),

  /** No default: a secret that is not set stops the service. */
  secret: (minimumLength = 32) =>
    z.string().refine((text) => text.length >= minimumLength, {
      error: `must have at least ${minimumLength} characters`,
    }),

  /** A PEM text. It has lines, so it comes from a file: `NAME_FILE` is its path. */
  pem: (isValid: (text: string) => boolean, what: string): z.ZodType<string, string> =>
    z.string().refine(isValid, { error: `must be ${what} in the form of PEM` }),

  hostPortList: (fallback?: string[]) =>
    withDefault(
      list((item) => parseHostPort(item) !== undefined, 'host:port addresses'),
      fallback,
    ),

  /** `name=host:port`, each name as often as there are addresses for it. */
  namedAddressList: (fallback?: NamedAddress[]) =>
    withDefault(
      list((item) => parseNamedAddress(item) !== undefined, 'name=host:port').transform((items) =>
        items.flatMap((item) => parseNamedAddress(item) ?? []),
      ),
      fallback,
    ),

  /** Origins of pages, as https://meet.example.com:8443. */
  originList: (fallback?: string[]) =>
    withDefault(
      list(
        (item) => readOrigin(item) !== undefined,
        'origins such as https://meet.example.com, without a path',
      ).transform((items) => items.flatMap((item) => readOrigin(item) ?? [])),
      fallback,
    ),

  /** Where a part of the system runs: parts with the same name are near each other. */
  regionName: () =>
    z.string().refine((text) => regionNameSchema.safeParse(text).success, {
      error: 'must be a name such as eu-west: small letters, digits and hyphens, 32 at most',
    }),

  /** Addresses of STUN and TURN servers, as browsers take them: a scheme, a host, perhaps a port, for TURN perhaps a transport. */
  iceUrlList: (kind: 'stun' | 'turn', fallback?: string[]) =>
    withDefault(
      list(
        (item) => isIceUrl(item, kind),
        kind === 'stun'
          ? 'addresses such as stun:198.51.100.7:3478 or stun:[2001:db8::7]:3478'
          : 'addresses such as turn:198.51.100.7:3478?transport=udp or turns:[2001:db8::7]:443?transport=tcp',
      ),
      fallback,
    ),

  url: (protocols: readonly string[], fallback?: string) =>
    withDefault(
      z.string().refine((text) => isUrl(text, protocols), {
        error: `must be a URL that begins with ${protocols.map((p) => `${p}:`).join(' or ')}`,
      }),
      fallback,
    ),
} as const;

/** `host:port`, with brackets around an IPv6 address. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
