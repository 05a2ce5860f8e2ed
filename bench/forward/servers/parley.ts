import { join } from 'node:path';
import process from 'node:process';
import { freePorts, waitFor } from '@parley/common/testing';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { ForwardingServer, mediaAddress, spawnServer } from './server.ts';

const SECRET = 'a secret of this measurement that is long enough';
/** One sender has as much as a picture, in what the node takes for sound. */
const LARGE_SENDERS = {
  MEDIA_MAX_AUDIO_BITRATE: '100000000',
  MEDIA_MAX_AUDIO_PACKETS: '10000',
  MEDIA_MAX_PEER_BITRATE: '100000000',
  MEDIA_MAX_PEER_PACKETS: '10000',
};

/** Parley's media node as it is started, with one worker. */
export async function startParley(): Promise<ForwardingServer> {
  const [grpc, admin, rtc] = await threePorts();
  const env = {
    PATH: process.env['PATH'],
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
    LOG_LEVEL: 'info',
    MEDIA_WORKERS: '1',
    MEDIA_GRPC_SECRET: SECRET,
    MEDIA_GRPC_PORT: String(grpc),
    MEDIA_ADMIN_PORT: String(admin),
    MEDIA_RTC_PORT_BASE: String(rtc),
    MEDIA_RTC_LISTEN_IP: mediaAddress(),
    ...LARGE_SENDERS,
  };
  const main = join(ROOT, 'services', 'media', 'src', 'main.ts');
  const flags = ['--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'];
  const child = spawnServer([process.execPath, ...flags, main], env, 'ignore');
  const server = new ForwardingServer(child, [`127.0.0.1:${grpc}`, SECRET]);
  try {
    await waitFor(async () => (await fetch(`http://127.0.0.1:${admin}/readyz`)).ok, {
      what: 'the media node',
    });
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function threePorts(): Promise<[number, number, number]> {
  const first = await freePorts(3);
  return [first, first + 1, first + 2];
}
