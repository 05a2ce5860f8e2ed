// The parts of the stack that browsers reach, besides the media nodes.
import { rmSync } from 'node:fs';
import { connect, isIPv4 } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { isLoopback } from '../../lib/own-addresses.mjs';
import { HOST, runsAs } from '../services/node-service.ts';
import { answersOk } from '../services/readiness.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import type { Workplace } from '../users/workplace.ts';
import type { StackConfig } from './stack-config.ts';

/** Below it a process needs a right of its own to listen. */
const FIRST_FREE_PORT = 1024;

export interface EdgeInput {
  readonly workplace: Workplace;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly certificate: { readonly certificatePath: string; readonly keyPath: string };
  readonly addresses: { readonly ui: string; readonly gateway: string; readonly logs: string };
  readonly signalingAddresses: readonly string[];
  readonly turnAddress: string;
}

/**
 * nginx. Browsers treat http://localhost as secure, so nginx serves that too, without a warning about a
 * certificate. The self-signed certificate is for https.
 */
export function edge(input: EdgeInput): ServiceSpec {
  const { workplace } = input;
  rmSync(join(workplace.state, 'nginx'), { recursive: true, force: true });
  const identity = workplace.identityOf('nginx');
  const needsLowPort = Math.min(input.httpPort, input.httpsPort) < FIRST_FREE_PORT;
  return {
    name: 'nginx',
    after: ['gateway', 'ui'],
    command: ['sh', join(workplace.root, 'nginx', 'run.sh')],
    cwd: workplace.root,
    env: {
      PATH: process.env.PATH,
      EDGE_DIR: workplace.folder('nginx', 'nginx'),
      EDGE_HTTP: `${HOST}:${input.httpPort}`,
      EDGE_HTTPS: `${HOST}:${input.httpsPort}`,
      EDGE_HTTPS_PORT: String(input.httpsPort),
      EDGE_HTTP_SERVES: 'yes',
      EDGE_TURN: input.turnAddress,
      EDGE_CERTIFICATE: input.certificate.certificatePath,
      EDGE_CERTIFICATE_KEY: input.certificate.keyPath,
      LOG_DIR: workplace.logFolder,
      UI_ADDRESSES: input.addresses.ui,
      GATEWAY_ADDRESSES: input.addresses.gateway,
      LOGS_ADDRESSES: input.addresses.logs,
      SIGNALING_ADDRESSES: input.signalingAddresses.join(' '),
      // Debian has no package of Grafana, so nothing listens at this address.
      GRAFANA_ADDRESSES: `${HOST}:1`,
    },
    address: `${HOST}:${input.httpPort}`,
    isReady: () => answersOk(`http://${HOST}:${input.httpPort}/api/healthz`),
    stopSignal: 'SIGTERM',
    ...(identity && { identity: { ...identity, mayUseLowPorts: needsLowPort } }),
  };
}

/** coturn, on the addresses on which the media nodes listen. */
export function turn(
  workplace: Workplace,
  config: Pick<StackConfig, 'rtcListenIps' | 'relayIp'>,
  port: number,
  secret: string,
): ServiceSpec {
  const { rtcListenIps, relayIp } = config;
  return {
    name: 'turn',
    after: [],
    command: ['sh', join(workplace.root, 'deploy', 'coturn', 'run.sh')],
    cwd: workplace.root,
    env: {
      PATH: process.env.PATH,
      TURN_DIR: workplace.folder('turn', 'turn'),
      TURN_SECRET: secret,
      TURN_LISTEN_IP: rtcListenIps.join(','),
      TURN_RELAY_IP: relayIp,
      TURN_PORT: String(port),
      TURN_ALLOWED_PEERS: allowedPeers(config).join(','),
    },
    address: `${relayIp}:${port}`,
    isReady: () => isListening(relayIp, port),
    stopSignal: 'SIGTERM',
    ...runsAs({ workplace }, 'turn'),
  };
}

/** The variables by which browsers learn of coturn. */
export function turnEnv(
  { rtcAnnounced, otherTurnUrls }: Pick<StackConfig, 'rtcAnnounced' | 'otherTurnUrls'>,
  ports: { readonly turn: number; readonly https: number },
  secret: string,
): Record<string, string> {
  const inNetworks = rtcAnnounced.filter((address) => !isLoopback(address));
  // nginx listens at this address only, so TURN on the port of https is not at the others.
  const besideHttps = rtcAnnounced.includes(HOST) ? [`turn:${HOST}:${ports.https}?transport=tcp`] : [];
  return {
    TURN_SECRET: secret,
    TURN_ADDRESSES: (inNetworks.length > 0 ? inNetworks : rtcAnnounced).join(','),
    TURN_PORT: String(ports.turn),
    TURN_URLS: [...otherTurnUrls, ...besideHttps].join(','),
  };
}

/**
 * The addresses that relays may lead to. On loopback no client needs a relay, and a relay must not reach the other
 * programs that listen there.
 */
export function allowedPeers({ rtcListenIps }: Pick<StackConfig, 'rtcListenIps'>): string[] {
  return rtcListenIps.filter((ip) => isIPv4(ip) && !isLoopback(ip));
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
