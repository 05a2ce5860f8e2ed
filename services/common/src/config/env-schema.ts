import { z } from 'zod';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const DURATION_MAX_MS = 2 ** 31 - 1;

type HostPort = { host: string; port: number };

/** Parses `host:port` or `[v6]:port`; undefined when the text is neither. */
export function parseHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || port < 1 || port > 65535 ? undefined : { host, port };
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
      error: `must be ${what}, separated by commas`,
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

  /** 0 lets the system choose. */
  port: (fallback?: number) => withDefault(wholeNumber(0, 65535, 'a port'), fallback),

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

  urlList: (protocols: readonly string[], fallback?: string[]) =>
    withDefault(
      list(
        (item) => isUrl(item, protocols),
        `URLs that begin with ${protocols.map((p) => `${p}:`).join(' or ')}`,
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
