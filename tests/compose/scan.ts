// Runs in a network namespace outside of the containers: `node scan.ts ADDRESS UDP_PORT...` prints which TCP ports are open,
// and which of the UDP ports do not refuse packets.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const TCP_PORTS = 65_535;
const AT_ONCE = 500;
const TIMEOUT_MS = 1_500;

function isTcpOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}

/** A closed port refuses the packet at once. An open or filtered port does not answer it. */
function isUdpSilent(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (isSilent: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(isSilent);
    };
    const timer = setTimeout(() => end(true), TIMEOUT_MS);
    socket.once('error', () => end(false));
    socket.connect(port, host, () => socket.send('?'));
  });
}

async function scan(ports: number[], isOpen: (port: number) => Promise<boolean>): Promise<number[]> {
  const open: number[] = [];
  const queue = ports.values();
  const worker = async () => {
    for (const port of queue) if (await isOpen(port)) open.push(port);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return open.sort((a, b) => a - b);
}

const [address = '', ...udpPorts] = process.argv.slice(2);
const everyTcp = Array.from({ length: TCP_PORTS }, (_, index) => index + 1);
const tcp = await scan(everyTcp, (port) => isTcpOpen(address, port));
const udp = await scan(udpPorts.map(Number), (port) => isUdpSilent(address, port));
process.stdout.write(`${JSON.stringify({ tcp, udp })}\n`);
