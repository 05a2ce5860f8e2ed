import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { freePorts, waitFor } from '@parley/common/testing';
import { INSTALL_ASLEEP } from '../../../scripts/bootstrap/infrastructure.mjs';
import { ensurePrograms } from '../../../scripts/bootstrap/system-packages.mjs';
import { BootstrapError } from '../../../scripts/lib/bootstrap-error.mjs';
import { Steps } from '../../../scripts/lib/steps.mjs';
import { ForwardingServer, mediaAddress, spawnServer } from './server.ts';

const LOOPBACK = '127.0.0.1';
const OTHER_PLUGINS = [
  'audiobridge',
  'echotest',
  'nosip',
  'recordplay',
  'sip',
  'streaming',
  'textroom',
  'videocall',
  'voicemail',
  'lua',
  'duktape',
].map((name) => `libjanus_${name}.so`);
const OTHER_TRANSPORTS = ['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'].map(
  (name) => `libjanus_${name}.so`,
);

/** Installs Janus if it is missing. Resolves with why it cannot be had, or with nothing. */
export async function whyNoJanus(): Promise<string | undefined> {
  if (mediaAddress() === LOOPBACK)
    return 'this machine has no address besides that of loopback, and Janus needs one';
  try {
    await ensurePrograms(['janus'], 'the comparison with Janus', new Steps(process.stderr), INSTALL_ASLEEP);
    return undefined;
  } catch (error) {
    if (error instanceof BootstrapError) return error.message;
    throw error;
  }
}

/** One VideoRoom, one event loop for all its media. */
export async function startJanus(): Promise<ForwardingServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-janus-'));
  const port = await freePorts(1);
  for (const [name, text] of Object.entries(configuration(folder, port)))
    writeFileSync(join(folder, name), text);
  const command = ['janus', '--config', join(folder, 'janus.jcfg'), '--configs-folder', folder];
  const child = spawnServer(command, { PATH: searchPath() }, 'ignore');
  const server = new ForwardingServer(child, [String(port)], () =>
    rmSync(folder, { recursive: true, force: true }),
  );
  try {
    await waitFor(() => isListening(port), { what: 'Janus', timeoutMs: 30_000 });
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function configuration(folder: string, port: number): Record<string, string> {
  return {
    'janus.jcfg': `
general: {
  configs_folder = "${folder}"
  debug_level = 2
  debug_colors = false
  event_loops = 1
  session_timeout = 0
}
media: { ipv6 = false }
nat: {
  nice_debug = false
  ice_lite = true
  ice_enforce_list = "${mediaAddress()}"
}
plugins: { disable = "${OTHER_PLUGINS.join(',')}" }
transports: { disable = "${OTHER_TRANSPORTS.join(',')}" }
`,
    'janus.transport.websockets.jcfg': `
general: {
  json = "compact"
  ws = true
  ws_port = ${port}
  ws_ip = "${LOOPBACK}"
  wss = false
}
admin: { admin_ws = false }
`,
    'janus.plugin.videoroom.jcfg': 'general: { }\n',
  };
}

/** Servers of Debian are where only root looks. */
function searchPath(): string {
  return [process.env['PATH'], '/usr/local/bin', '/usr/bin', '/usr/sbin'].join(':');
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    const settle = (listening: boolean) => () => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
  });
}
