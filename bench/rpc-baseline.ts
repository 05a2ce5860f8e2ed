// Runs as a process of its own: a gRPC server that answers the same message and does nothing else. Prints its port.
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { MediaService, type media } from '@parley/proto/grpc';

const server = new Server();
server.addService(MediaService.service, {
  getStatus: (_call: unknown, done: sendUnaryData<media.GetStatusResponseInput>) =>
    done(null, { accepting: true, workers: [], rooms: 0, peers: 0 }),
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
process.stdin.resume().once('end', () => server.forceShutdown());
