import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GrpcServer, type GrpcCertificates, type GrpcHandlers, type GrpcService } from '@parley/common/grpc';
import { createMetrics, Readiness } from '@parley/common/service';
import { freePort, silentLogger, startConsul, type TestConsul } from '@parley/common/testing';
import type { CertifiedName } from '@parley/proto/grpc';
import { MediaService } from '@parley/proto/media-rpc';
import { RoomService } from '@parley/proto/room-rpc';
import { LoneService, makeCertificates } from '../../tests/harness/servers/lone-service.ts';
import type { Servers } from '../frame/attack.ts';

/** What somebody finds who has come as far as the network between the services. */
export type Inside = {
  consul: TestConsul;
  certificates: Readonly<Record<CertifiedName, GrpcCertificates>>;
  /** Certificates with the same names, of another authority. */
  forged: Readonly<Record<CertifiedName, GrpcCertificates>>;
  /** A gateway that looks for signaling in Consul. */
  gateway: { url: string };
  /** gRPC ports of a media node and of signaling that answer everything that they let in. */
  ports: { media: number; signaling: number };
  close(): Promise<void>;
};

export const INSIDE: Servers<Inside> = {
  start: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-attack-'));
    const certificates = makeCertificates(join(folder, 'ours'));
    const forged = makeCertificates(join(folder, 'forged'));
    const consul = await startConsul();
    const [port, adminPort] = [await freePort(), await freePort()].map(String);
    const gateway = new LoneService('gateway', {
      consulUrl: consul.url,
      certificates: join(folder, 'ours'),
      env: { GATEWAY_PORT: port ?? '', GATEWAY_ADMIN_PORT: adminPort ?? '' },
    });
    const [media, signaling] = [
      await answerAll(MediaService, certificates.media),
      await answerAll(RoomService, certificates.signaling),
    ];
    return {
      consul,
      certificates,
      forged,
      gateway: { url: `http://127.0.0.1:${port}` },
      ports: { media: media.port, signaling: signaling.port },
      close: async () => {
        await Promise.all([gateway.close(), media.close(0), signaling.close(0)]);
        await consul.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
  stop: (inside) => inside.close(),
};

async function answerAll<S extends GrpcService>(service: S, certificates: GrpcCertificates) {
  const server = await GrpcServer.create(service, {
    certificates,
    host: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    metrics: createMetrics('attack'),
    readiness: new Readiness({ checks: {}, logger: silentLogger }),
  });
  server.serve(new Proxy({}, { get: () => () => ({}) }) as GrpcHandlers<S>);
  return server;
}
