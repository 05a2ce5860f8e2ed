import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import { ensureCertificate } from '../../lib/certificate.mjs';
import { qrCode } from '../../lib/qr-code.ts';
import type { Steps } from '../../lib/steps.mjs';
import { findPostgresHome } from '../services/postgres-home.ts';
import { Postgres, preparePostgres, SETUP_LINE } from '../services/postgres.ts';
import type { Means, Plan, Prepared } from '../system/system.ts';
import { Edge } from './edge.ts';
import { HostNames } from './host-names.ts';
import { lanWords } from './lan.ts';
import { checkRtcPorts } from './rtc-ports.ts';
import { DEFAULT_PORTS } from './start-config.ts';
import type { LanConfig, PortName, StartConfig } from './start-config.ts';
import { startTable } from './start-table.ts';

const EDGE_HOSTS = ['127.0.0.1', '::1'];

type Ports = Readonly<Record<PortName, number>>;

/** The plan of `npm start`: one of each service behind an edge in this process. */
export class SingleMachine implements Plan {
  readonly title = 'Parley';
  readonly #config: StartConfig;
  readonly #edge: Edge;
  /** The fingerprint of the certificate for other devices in the network. */
  readonly #fingerprint: string | undefined;

  /** Listens at the address that people open. Throws a LaunchError if that or a media port is in use. */
  static async create(config: StartConfig): Promise<SingleMachine> {
    const { port, trustedProxies, connectionsPerAddress } = config;
    const names = new HostNames(config.names);
    const edge = await Edge.create(port, EDGE_HOSTS, { trustedProxies, names, connectionsPerAddress });
    try {
      // An address that this machine does not have makes its media ports fail too. Report the address, which is the cause.
      const fingerprint = config.lan && (await serveNetwork(edge, config.dataDir, config.lan));
      await checkRtcPorts(config.rtc);
      return new SingleMachine(config, edge, fingerprint);
    } catch (error) {
      edge.close();
      throw error;
    }
  }

  private constructor(config: StartConfig, edge: Edge, fingerprint: string | undefined) {
    this.#config = config;
    this.#edge = edge;
    this.#fingerprint = fingerprint;
  }

  async prepare({ secrets, portBook, workplace, steps }: Means): Promise<Prepared> {
    const ports = await portBook.pickAll(DEFAULT_PORTS, this.#config.givenPorts, steps);
    const ownsDatabase = this.#config.databaseUrl === undefined;
    const isFirst =
      ownsDatabase && !Postgres.exists(findPostgresHome(this.#config.dataDir, secrets.instanceId));
    const postgres = this.#config.databaseUrl
      ? undefined
      : this.#preparePostgres(secrets, ports.POSTGRES_PORT, steps);
    const services = startTable({
      config: this.#config,
      ports,
      secrets,
      databaseUrl: this.#config.databaseUrl ?? postgres?.url ?? '',
      accountsDatabaseUrl: postgres?.accountsUrl,
      ownsDatabase: postgres !== undefined,
      workplace,
      origins: this.#origins,
    });
    return {
      services: postgres ? [postgres.spec, ...services] : services,
      origin: `http://localhost:${this.#edge.port}`,
      open: ({ took, passwordPath }) => {
        this.#openEdge(ports);
        return [
          `Parley is ready at http://localhost:${this.#edge.port} (after ${took}). Ctrl-C stops it.`,
          `Its logs are at http://localhost:${ports.LOGS_PORT}; the password is in ${passwordPath}`,
          ...(isFirst ? [SETUP_LINE] : []),
          ...this.#lanLines(),
        ];
      },
    };
  }

  get isDev(): boolean {
    return this.#config.isDev;
  }

  close(): void {
    this.#edge.close();
  }

  #preparePostgres(secrets: Secrets, port: number, steps: Steps): Postgres {
    const home = findPostgresHome(this.#config.dataDir, secrets.instanceId);
    return preparePostgres(home, port, secrets, steps);
  }

  #openEdge(ports: Ports): void {
    this.#edge.open({
      gateway: `http://127.0.0.1:${ports.GATEWAY_PORT}`,
      signaling: `http://127.0.0.1:${ports.SIGNALING_PORT}`,
      ui: `http://127.0.0.1:${ports.UI_PORT}`,
      uiHasWebSocket: this.#config.isDev,
    });
  }

  #lanLines(): string[] {
    const { lan, rtc } = this.#config;
    if (!lan || !this.#fingerprint) return [];
    const last = rtc.portBase + rtc.workers - 1;
    const media = last > rtc.portBase ? `${rtc.portBase}-${last}` : String(last);
    const url = `https://${lan.address}:${lan.httpsPort}`;
    const words = lanWords(lan, url, this.#fingerprint, { https: lan.httpsPort, media });
    return ['', ...words, '', qrCode(url, process.stdout.isTTY)];
  }

  get #origins(): string[] {
    const { lan } = this.#config;
    const hosts = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${this.#edge.port}`);
    return lan ? [...hosts, `https://${lan.address}:${lan.httpsPort}`] : hosts;
  }
}

/** Listens for other devices. Returns the fingerprint of the certificate that their browsers show. */
async function serveNetwork(edge: Edge, dataDir: string, { address, httpsPort }: LanConfig): Promise<string> {
  const certificate = await ensureCertificate(join(dataDir, 'certificate'), [address]);
  await edge.listenSecurely(httpsPort, address, {
    cert: readFileSync(certificate.certificatePath, 'utf8'),
    key: readFileSync(certificate.keyPath, 'utf8'),
  });
  return certificate.fingerprint;
}
