import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { dataDir, ROOT } from '../lib/paths.mjs';
import { readRunning } from '../launcher/system/running-file.ts';
import type { DeployedService, Deployment } from './deployment.ts';

export interface Wanted {
  /** The address that browsers use, from --url. */
  readonly url: string | undefined;
  /** A file of variables that all services share, from --env. */
  readonly envFile: string | undefined;
}

type Env = Record<string, string | undefined>;

/**
 * Finds the deployment to look at: the one that --env and --url name, else the one that a launcher runs from this
 * checkout, else the one that compose would run with the `.env` of this folder. Throws an Error with a message for
 * the person if there is none.
 */
export function findDeployment(wanted: Wanted, env: NodeJS.ProcessEnv = process.env): Deployment {
  const origin = wanted.url === undefined ? undefined : originOf(wanted.url);
  if (wanted.envFile !== undefined) return fromEnvFile(wanted.envFile, origin);
  const launched = fromLauncher(origin, env);
  if (launched !== undefined) return launched;
  const composed = fromCompose(origin);
  if (composed !== undefined) return composed;
  if (origin !== undefined)
    return { source: 'the given address alone', origin, services: [], secretFiles: [], isInside: false };
  throw new Error(
    'The doctor found no Parley to check: none runs from this folder, and the folder has no .env. Start Parley, or give its address: npm run doctor -- --url https://call.example.org',
  );
}

function originOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error(`--url must be an address such as https://call.example.org, not ${url}`);
  return new URL(url).origin;
}

function fromEnvFile(file: string, origin: string | undefined): Deployment {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  const env = parseEnv(readFileSync(path, 'utf8'));
  const services = ['media', 'signaling', 'gateway'].map((name) => ({ name, env }));
  return { source: path, origin, services, secretFiles: [path], isInside: true };
}

/** `npm run stack` keeps its data in the folder `stack` of the data directory. */
function fromLauncher(origin: string | undefined, env: NodeJS.ProcessEnv): Deployment | undefined {
  const folder = dataDir(env);
  for (const home of [folder, join(folder, 'stack')]) {
    const running = readRunning(home);
    if (running === undefined) continue;
    const services = running.services.map((service) => ({
      ...service,
      env: { PARLEY_DATA_DIR: home, ...service.env },
    }));
    const secretFiles = ['secrets.json', 'running.json'].map((name) => join(home, name)).filter(existsSync);
    return { source: home, origin: origin ?? running.origin, services, secretFiles, isInside: true };
  }
  return undefined;
}

function fromCompose(origin: string | undefined): Deployment | undefined {
  const [file, envFile] = ['docker-compose.yml', '.env'].map((name) => join(ROOT, name));
  if (!file || !envFile || !existsSync(file) || !existsSync(envFile)) return undefined;
  const env = parseEnv(readFileSync(envFile, 'utf8'));
  const services = composeServices(readFileSync(file, 'utf8'), env);
  return {
    source: envFile,
    origin: origin ?? composeOrigin(env),
    services,
    secretFiles: [envFile],
    isInside: false,
  };
}

/** The first name that the edge answers to, else the first address that browsers send media to. */
function composeOrigin(env: Env): string {
  const names = `${env.EDGE_NAMES ?? ''},${env.ANNOUNCED_ADDRESSES ?? ''},localhost`.split(/[\s,]+/);
  const name = names.find((word) => word !== '') ?? '';
  const host = name.includes(':') ? `[${name}]` : name;
  // A proxy before the edge has the usual port, and HTTPS_PORT may begin with the address on which it is published.
  const port = env.EDGE_TRUSTED_PROXIES ? '443' : (env.HTTPS_PORT?.split(':').at(-1) ?? '443');
  return new URL(`https://${host}:${port}`).origin;
}

function composeServices(text: string, env: Env): DeployedService[] {
  const { services } = parse(text, { merge: true }) as {
    services: Record<string, { environment?: Record<string, string | number | null> }>;
  };
  return Object.entries(services).map(([name, { environment = {} }]) => ({
    name,
    // A variable without a value passes from the environment.
    env: Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [
        key,
        value === null ? env[key] : interpolate(String(value), env),
      ]),
    ),
  }));
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?words}`, as compose writes them. */
function interpolate(text: string, env: Env): string {
  return text.replace(
    /\$\{(\w+)(?::?([-?])([^}]*))?\}/g,
    (_all, name: string, kind: string | undefined, rest: string | undefined) =>
      env[name] || (kind === '-' ? (rest ?? '') : ''),
  );
}
