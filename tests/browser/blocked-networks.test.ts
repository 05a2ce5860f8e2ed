import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { mediaPaths } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { TurnServer } from '../harness/servers/turn-server.ts';
import { waitFor } from '@parley/common/testing';

const name = 'a person behind a firewall sees the others and is seen by them';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([name])
  : describe.skip.each([`${name} (skipped: only root can make a network namespace)`]);

describeAsRoot('%s', () => {
  const secret = randomBytes(24).toString('hex');
  let network: NetworkNamespace;
  let turn: TurnServer;
  let launcher: Launcher;
  let outside: TestBrowser;
  let inside: TestBrowser;
  let code: string;
  let ada: CallPage;

  beforeAll(async () => {
    network = NetworkNamespace.create();
    const address = network.hostAddress;
    turn = await TurnServer.start({ listenIp: address, secret, env: { TURN_ALLOWED_PEERS: address } });
    launcher = await Launcher.start({
      env: {
        MEDIA_RTC_LISTEN_IP: address,
        TURN_URLS: `turn:${address}:${turn.port}?transport=tcp`,
        TURN_SECRET: secret,
      },
    });
    await network.forward(launcher.ports.PORT);
    outside = await TestBrowser.launch(launcher.origin);
    inside = await outside.beside((chromium) => network.program(chromium));
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    ada = await joinAs(outside, code, 'Ada');
  });

  afterAll(async () => {
    await inside?.close();
    await outside?.close();
    await launcher?.stop();
    await turn?.stop();
    network?.close();
  });

  async function expectJoinOver(path: string, person: string): Promise<void> {
    const joined = await joinAs(inside, code, person);
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
    network.drop('meta l4proto udp', `tcp dport ${turn.port}`);
    await expectJoinOver('tcp', 'Chen');
  });

  test('over the TURN server, when TCP to the media ports is blocked as well', async () => {
    const first = launcher.ports.MEDIA_RTC_PORT_BASE;
    network.drop('meta l4proto udp', `tcp dport ${first}-${first + availableParallelism() - 1}`);
    await expectJoinOver('relay over tcp', 'Dora');
  });
});
