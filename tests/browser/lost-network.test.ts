import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { mediaPaths } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';

const name = 'a person whose network is lost in the call, without a word of the browser';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([name])
  : describe.skip.each([`${name} (skipped: only root can make a network namespace)`]);

describeAsRoot('%s', () => {
  let network: NetworkNamespace;
  let launcher: Launcher;
  let outside: TestBrowser;
  let inside: TestBrowser;
  let ada: CallPage;
  let bela: CallPage;

  beforeAll(async () => {
    network = NetworkNamespace.create();
    launcher = await Launcher.start({ env: { MEDIA_RTC_LISTEN_IP: network.hostAddress } });
    await network.forward(launcher.ports.PORT);
    outside = await TestBrowser.launch(launcher.origin);
    inside = await outside.beside((chromium) => network.program(chromium));
    const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
    ada = await joinAs(outside, code, 'Ada');
    bela = await joinAs(inside, code, 'Bela');
    await expectAllSeeEachOther([ada, bela]);
  });

  afterEach(() => network.drop());

  afterAll(async () => {
    await inside?.close();
    await outside?.close();
    await launcher?.stop();
    network?.close();
  });

  const lines = (msg: string) => launcher.log('signaling').filter((line) => line.msg === msg).length;

  /** Does something to the network, and waits until the page has said so and Bela sees Ada again. */
  async function loseAndReturn(lose: () => void): Promise<void> {
    const words = bela.tile('Ada').getByTestId('veil').waitFor();
    lose();
    await words;
    await bela.tile('Ada').getByTestId('veil').waitFor({ state: 'detached' });
    await expectAllSeeEachOther([ada, bela]);
  }

  test('with the socket open and dead, resumes on another one and sees the others again, as the same person', async () => {
    const joins = lines('peer joined');
    await loseAndReturn(() => network.dropOpenSockets());
    expect(lines('peer resumed')).toBeGreaterThan(0);
    expect([lines('peer joined'), lines('media reopened')]).toEqual([joins, 0]);
    await bela.page.getByText('You are connected again').waitFor();
    expect(bela.tab.problems).toEqual([]);
  });

  test('with UDP blocked from now on, goes on over TCP', async () => {
    const joins = lines('peer joined');
    await loseAndReturn(() => network.drop('meta l4proto udp'));
    const look = () => mediaPaths(bela.page);
    await waitFor(async () => (await look()).includes('tcp'), { what: 'media over TCP', describe: look });
    expect(lines('peer joined')).toBe(joins);
  });
});
