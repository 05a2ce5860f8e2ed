import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RegionTimes } from '@parley/proto/regions';
import { PreJoinPage } from '../harness/browser/pages.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Stack } from '../harness/servers/stack.ts';

const ARGUMENTS = ['--signaling', '1', '--media', '2', '--region', 'eu-west,us-east'];

describe('a server with media nodes in two regions', () => {
  let stack: Stack;
  let browser: TestBrowser;

  beforeAll(async () => {
    stack = await Stack.start({ MEDIA_WORKERS: '1' }, ARGUMENTS);
    browser = await TestBrowser.launch(stack.url('edge'));
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  test('names them to everybody', async () => {
    const regions = await waitFor(
      async () => {
        const listed = await callRoute(stack.url('edge'), 'listRegions', {});
        return listed.regions.length === 2 && listed.regions;
      },
      { what: 'signaling to know both media nodes' },
    );
    expect(regions.map(({ name }) => name)).toEqual(['eu-west', 'us-east']);
    const port = Number(stack.variable('media-1', 'MEDIA_PROBE_PORT'));
    for (const { probes } of regions) expect(probes.map((probe) => probe.port)).toContain(port);
  });

  test('has both measured by a page before Join, and their times with the join', async () => {
    const { code } = await callRoute(stack.url('edge'), 'createRoom', { body: {} });
    const tab = await browser.open();
    const measured = tab.page.waitForEvent('console', (line) => line.text().includes('regions measured'));
    await tab.page.goto(`/r/${code}`);
    await measured;
    await new PreJoinPage(tab).join('Ada');
    const [join] = tab.wire.sent('room:join');
    const { regionTimes } = (join?.data[0] ?? {}) as { regionTimes: RegionTimes };
    expect(regionTimes.map(({ region }) => region)).toEqual(['eu-west', 'us-east']);
    // Of loopback, on a machine that is busy with the test.
    for (const { rttMs } of regionTimes) expect(rttMs).toBeLessThan(300);
    expect(tab.problems).toEqual([]);
    await tab.context.close();
  });
});
