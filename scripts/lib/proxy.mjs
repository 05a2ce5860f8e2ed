import process from 'node:process';

const NAMES = ['http_proxy', 'https_proxy', 'no_proxy'];

/**
 * The variables of the proxy through which this machine reaches others, by both spellings: apt reads the small letters alone, and people set
 * the large ones.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>} Empty if there is no proxy.
 */
export function proxyEnv(env = process.env) {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = env[name] || env[name.toUpperCase()];
      return value ? [name, name.toUpperCase()].map((each) => [each, value]) : [];
    }),
  );
}

/**
 * The proxy for an address, as a person may see it: without its user and password.
 *
 * @param {string} url
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function shownProxy(url, env = process.env) {
  const proxy = proxyEnv(env)[url.startsWith('https:') ? 'https_proxy' : 'http_proxy'];
  if (!proxy) return undefined;
  return URL.canParse(proxy) ? new URL(proxy).host : 'which is not an address';
}

/** The names of this machine, which a proxy does not reach. */
const SELF = ['localhost', '127.0.0.1', '::1'];

/**
 * The variables that keep requests to this machine away from the proxy. With `NODE_USE_ENV_PROXY` Node sends all requests through it, also those
 * of the launcher to its services.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>} Empty if there is no proxy.
 */
export function sparingSelf(env = process.env) {
  const { no_proxy: given = '', ...proxies } = proxyEnv(env);
  if (!proxies['http_proxy'] && !proxies['https_proxy']) return {};
  const list = [given, ...SELF].filter((name) => name !== '').join(',');
  return { no_proxy: list, NO_PROXY: list };
}
