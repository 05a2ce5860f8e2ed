import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { mediaPaths } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { TurnServer } from '../harness/servers/turn-server.ts';
import { freePorts, waitFor } from '@parley/common/testing';

const name = 'a person behind a firewall sees the others and is seen by them';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([name])
  : describe.skip.each([`${name} (skipped: only root can make a network namespace)`]);

/** Short, so that the credentials end while the test runs. */
const CREDENTIAL_LIFETIME_S = 6;

describeAsRoot('%s', () => {
  const secret = randomBytes(24).toString('hex');
  let network: NetworkNamespace;
  let turn: TurnServer;
  let launcher: Launcher;
  let outside: TestBrowser;
  let inside: TestBrowser;
  let edge: NginxEdge;
  let webPort: number;
  let code: string;
  let ada: CallPage;

  beforeAll(async () => {
    network = NetworkNamespace.create();
    const address = network.hostAddress;
    webPort = await freePorts(1);
    turn = await TurnServer.start({ listenIp: address, secret, env: { TURN_ALLOWED_PEERS: address } });
    launcher = await Launcher.start({
      env: {
        MEDIA_RTC_LISTEN_IP: address,
        TURN_URLS: `turn:${address}:${turn.port}?transport=tcp,turn:${address}:${webPort}?transport=tcp`,
        TURN_SECRET: secret,
        TURN_CREDENTIAL_LIFETIME_S: String(CREDENTIAL_LIFETIME_S),
      },
    });
    edge = await startEdge(address);
    await network.forward(launcher.ports.PORT);
    outside = await TestBrowser.launch(launcher.origin);
    inside = await outside.beside((chromium) => network.program(chromium));
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    ada = await joinAs(outside, code, 'Ada');
  });

  afterAll(async () => {
    await inside?.close();
    await outside?.close();
    await edge?.stop();
    await launcher?.stop();
    await turn?.stop();
    network?.close();
  });

  /** The edge of compose, with TURN beside https. */
  async function startEdge(address: string): Promise<NginxEdge> {
    const { certificatePath, keyPath } = await ensureCertificate(join(launcher.dataDir, 'edge'), [address]);
    const { UI_PORT, GATEWAY_PORT, SIGNALING_PORT } = launcher.ports;
    return NginxEdge.start({
      EDGE_HTTPS: `${address}:${webPort}`,
      EDGE_CERTIFICATE: certificatePath,
      EDGE_CERTIFICATE_KEY: keyPath,
      EDGE_TURN: `${address}:${turn.port}`,
      UI_ADDRESSES: `127.0.0.1:${UI_PORT}`,
      GATEWAY_ADDRESSES: `127.0.0.1:${GATEWAY_PORT}`,
      SIGNALING_ADDRESSES: `127.0.0.1:${SIGNALING_PORT}`,
    });
  }

  async function expectJoinOver(path: string, person: string, from = inside): Promise<void> {
    const joined = await joinAs(from, code, person);
    await expectAllSeeEachOther([ada, joined]);
    const look = () => mediaPaths(joined.page);
    await waitFor(
      async () => {
        const paths = await look();
        return paths.length > 0 && paths.every((one) => one === path);
      },
      { what: `the media of ${person} to go over ${path}`, describe: look },
    );
    expect(joined.tab.problems).toEqual([]);
    await joined.tab.context.close();
  }

  test('over UDP, while nothing is blocked', () => expectJoinOver('udp', 'Bela'));

  test('over TCP, when UDP is blocked', async () => {
    // Chromium would sometimes use the relay instead, so the relay is blocked as well.
    network.drop('meta l4proto udp', `tcp dport { ${turn.port}, ${webPort} }`);
    await expectJoinOver('tcp', 'Chen');
  });

  test('over the TURN server, when TCP to the media ports is blocked as well', async () => {
    const first = launcher.ports.MEDIA_RTC_PORT_BASE;
    network.drop('meta l4proto udp', `tcp dport ${first}-${first + availableParallelism() - 1}`);
    await expectJoinOver('relay over tcp', 'Dora');
  });

  test('over the TURN server again, when the relay is lost after the credentials of the join have ended', async () => {
    const joinedAt = Date.now();
    const fay = await joinAs(inside, code, 'Fay');
    await expectAllSeeEachOther([ada, fay]);
    await waitFor(() => Date.now() > joinedAt + CREDENTIAL_LIFETIME_S * 1000 + 1000, {
      what: 'the credentials to end',
    });
    for (const port of [turn.port, webPort]) network.reset(port);
    await fay.page.waitForFunction(() => !document.hidden);
    const look = () => mediaPaths(fay.page);
    await waitFor(async () => (await look()).length === 0, { what: 'the relay to be lost', describe: look });
    await waitFor(async () => (await look()).includes('relay over tcp'), {
      what: 'another relay',
      describe: look,
      timeoutMs: 60_000,
    });
    await expectAllSeeEachOther([ada, fay]);
    // By a restart of ICE, and not by new transports.
    expect(launcher.log('signaling').filter(({ msg }) => msg === 'media reopened')).toEqual([]);
    await fay.tab.context.close();
  });

  test('over the port of https alone, with the page and the sockets', async () => {
    const origin = `https://${network.hostAddress}:${webPort}`;
    const webOnly = await outside.beside((chromium) => network.program(chromium), origin);
    try {
      // As ranges, because nft takes two "not equal" side by side for one.
      const others = `{ 1-${webPort - 1}, ${webPort + 1}-65535 }`;
      network.drop('meta l4proto udp', `ip daddr != 127.0.0.0/8 tcp dport ${others} tcp sport ${others}`);
      await expectJoinOver('relay over tcp', 'Eva', webOnly);
    } finally {
      await webOnly.close();
    }
  });
});
