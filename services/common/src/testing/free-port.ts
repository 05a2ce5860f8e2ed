import { createServer, type AddressInfo } from 'node:net';

/** A TCP port that is free now. Prefer to listen on port 0 and read the port where that is possible. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
