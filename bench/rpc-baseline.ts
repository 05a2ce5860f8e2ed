// Runs as a process of its own: a gRPC server that answers the same message and does nothing else. Prints its port. With the folder of a
// certificate as its argument it speaks mutual TLS, as services do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { MediaService, type media } from '@parley/proto/media-rpc';

const [folder] = process.argv.slice(2);

function serverCredentials(from: string): ServerCredentials {
  const read = (file: string): Buffer => readFileSync(join(from, file));
  const [authority, key, certificate] = [read('authority.pem'), read('key.pem'), read('certificate.pem')];
  return ServerCredentials.createSsl(authority, [{ private_key: key, cert_chain: certificate }], true);
}

const server = new Server();
server.addService(MediaService.service, {
  getStatus: (_call: unknown, done: sendUnaryData<media.GetStatusResponseInput>) =>
    done(null, { accepting: true, workers: [], rooms: 0, peers: 0 }),
});
const trust = folder === undefined ? ServerCredentials.createInsecure() : serverCredentials(folder);
server.bindAsync('127.0.0.1:0', trust, (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
process.stdin.resume().once('end', () => server.forceShutdown());
