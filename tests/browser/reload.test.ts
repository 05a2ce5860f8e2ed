import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import {
  countConnections,
  installSocketLoss,
  liveCaptures,
  loseSockets,
  refuseWebSockets,
  sentAudioPackets,
} from '../harness/browser/page-probe.ts';
import { PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import { joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving } from '../harness/browser/playback.ts';
import { tilesSeen, watchTiles } from '../harness/browser/tile-watch.ts';
import type { Tab } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';

describe('a tab that is loaded again in a call', () => {
  let room: HostedRoom;
  let ada: CallPage;
  let bela: CallPage;

  beforeAll(async () => {
    // So long that only the short grace, that of a closed page, can make a tile go before a test ends.
    room = await HostedRoom.start({ env: { RESUME_GRACE_MS: '120000', CLOSED_GRACE_MS: '15000' } });
    ada = await joinAs(room.browser, room.code, 'Ada');
    // Silence is measured by the sound of somebody else.
    await joinAs(room.browser, room.code, 'Chen');
    // From another page of the same site, to which "back" leads.
    const tab = await room.browser.open('/');
    await tab.page.goto(`/r/${room.code}`);
    bela = await new PreJoinPage(tab).join('Bela');
    await expectMoving(ada.video('Bela'));
  });
  afterAll(() => room?.stop());
  beforeEach(() => watchTiles(ada, 'Bela'));

  /** Nobody saw the person twice, or not at all, and nobody was shown that the person left. */
  const expectNeverGone = async (): Promise<void> => {
    const seen = await tilesSeen(ada, 'Bela');
    expect(seen).toMatchObject({ least: 1, most: 1, left: false });
  };
  const expectMuted = async (): Promise<void> => {
    await bela.button('Unmute microphone').waitFor();
    await ada.tileSaying('Bela', 'muted').waitFor();
    await expectDoesNotHear(ada, 'Bela');
    expect(await liveCaptures(bela.page, 'audio')).toBe(0);
    expect(await sentAudioPackets(bela.page)).toBe(0);
  };

  test('comes back as the same person, with microphone and camera on', async () => {
    await bela.press('Raise hand');
    await ada.tileSaying('Bela', 'hand raised').waitFor();
    await bela.page.reload();
    await bela.waitUntilJoined();
    await expectMoving(ada.video('Bela'));
    await expectMoving(bela.video('Ada'));
    await expectHears(ada, 'Bela');
    await expectHears(bela, 'Ada');
    await ada.tileSaying('Bela', 'hand raised').waitFor();
    await expectNeverGone();
    await bela.press('Lower hand');
  });

  test('comes back muted, and opens no microphone', async () => {
    await bela.press('Mute microphone');
    await ada.tileSaying('Bela', 'muted').waitFor();
    await bela.page.reload();
    await bela.waitUntilJoined();
    await expectMoving(ada.video('Bela'));
    await expectMuted();
    await expectNeverGone();
  });

  test('comes back without its camera if that was off', async () => {
    await bela.press('Turn off camera');
    await ada.tileSaying('Bela', 'camera off').waitFor();
    await bela.page.reload();
    await bela.waitUntilJoined();
    await expectMoving(bela.video('Ada'));
    await bela.button('Turn on camera').waitFor();
    expect(await liveCaptures(bela.page, 'video')).toBe(0);
    await expectNeverGone();
    await bela.press('Turn on camera');
    await expectMoving(ada.video('Bela'));
  });

  test('comes back as often as it is loaded, also in the middle of its return', async () => {
    for (let round = 0; round < 3; round += 1) await bela.page.reload({ waitUntil: 'domcontentloaded' });
    await bela.waitUntilJoined();
    await expectMoving(ada.video('Bela'));
    await expectMuted();
    await expectNeverGone();
  });

  test('comes back after back and forward', async () => {
    // The first press asks whether to leave, and the second leads to the page before.
    await bela.page.goBack();
    await bela.page.getByRole('dialog', { name: 'Leave the call?' }).waitFor();
    await bela.page.goBack({ waitUntil: 'commit' });
    await bela.page.waitForURL('/');
    await bela.page.goForward({ waitUntil: 'commit' });
    await bela.waitUntilJoined();
    await expectMoving(ada.video('Bela'));
    await expectMuted();
    await expectNeverGone();
  });

  test('comes back when the browser shows a page again that it had kept', async () => {
    const before = await countConnections(bela.page);
    await bela.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    });
    await waitFor(async () => (await tilesSeen(ada, 'Bela'))?.reconnecting === true, {
      what: 'Bela to be shown as reconnecting',
    });
    await bela.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await waitFor(async () => (await countConnections(bela.page)) > before, { what: 'new connections' });
    await bela.waitUntilJoined();
    await expectMoving(ada.video('Bela'));
    await expectMuted();
    await expectNeverGone();
  });

  test('does not come back in a tab that was duplicated, and the call goes on in the first', async () => {
    const opened = bela.page.context().waitForEvent('page');
    // A page with an opener begins with a copy of the storage of the tab, as a duplicated tab does.
    await bela.page.evaluate(() => void window.open(location.href));
    const page = await opened;
    const copy = new PreJoinPage({ page } as Tab);
    await copy.joinButton().waitFor();
    // Its microphone is off, as in the tab that it is a copy of.
    await copy.button('Unmute microphone').waitFor();
    await page.close();
    await expectMoving(ada.video('Bela'));
    await expectMuted();
    await expectNeverGone();
    await bela.page.reload();
    await bela.waitUntilJoined();
    await expectNeverGone();
  });

  test('comes back after it crashed, muted as before', async () => {
    const tools = await bela.page.context().newCDPSession(bela.page);
    const crashed = bela.page.waitForEvent('crash');
    // Never answered: nobody is there who could.
    void tools.send('Page.crash').catch(() => undefined);
    await crashed;
    await waitFor(async () => (await tilesSeen(ada, 'Bela'))?.reconnecting === true, {
      what: 'Bela to be shown as reconnecting',
    });
    await tools.send('Page.reload');
    await ada.tileSaying('Bela', 'reconnecting').waitFor({ state: 'detached' });
    await expectMoving(ada.video('Bela'));
    await ada.tileSaying('Bela', 'muted').waitFor();
    await expectDoesNotHear(ada, 'Bela');
    await expectNeverGone();
  });

  /** As a person closes it, with the event `pagehide`. */
  const closeTab = async ({ page }: CallPage): Promise<void> => {
    page.on('dialog', (dialog) => void dialog.accept());
    await page.close({ runBeforeUnload: true });
  };
  const expectGoneAfterGrace = async (name: string): Promise<void> => {
    await ada.tileSaying(name, 'reconnecting').waitFor();
    await ada.tile(name).waitFor({ state: 'detached' });
  };

  test('that is closed for good is noticed after the grace, which is shorter than that of a lost socket', async () => {
    const eve = await joinAs(room.browser, room.code, 'Eve');
    await ada.tile('Eve').waitFor();
    await closeTab(eve);
    await expectGoneAfterGrace('Eve');
  });

  test('that is closed while it uses long polling is noticed as soon', async () => {
    const tab = await room.browser.open(`/r/${room.code}`, 'desktop', refuseWebSockets);
    const fay = await new PreJoinPage(tab).join('Fay');
    await ada.tile('Fay').waitFor();
    expect(tab.wire.frames).toEqual([]);
    await closeTab(fay);
    await expectGoneAfterGrace('Fay');
  });

  test('that is closed while its socket is lost is noticed as soon', async () => {
    const tab = await room.browser.open(`/r/${room.code}`, 'desktop', installSocketLoss);
    const gus = await new PreJoinPage(tab).join('Gus');
    await ada.tile('Gus').waitFor();
    await loseSockets(gus.page);
    await ada.tileSaying('Gus', 'reconnecting').waitFor();
    await closeTab(gus);
    await expectGoneAfterGrace('Gus');
  });

  test('shows the pre-join page with the microphone as it was if its peer is gone, and after Leave', async () => {
    const dora = await joinAs(room.browser, room.code, 'Dora');
    await dora.press('Mute microphone');
    await ada.tileSaying('Dora', 'muted').waitFor();
    // Away for longer than the grace.
    await dora.page.goto('about:blank');
    await ada.tile('Dora').waitFor({ state: 'detached' });
    await dora.page.goto(`/r/${room.code}`);
    const prejoin = new PreJoinPage(dora.tab);
    await prejoin.joinButton().waitFor();
    await prejoin.button('Unmute microphone').waitFor();
    expect(await liveCaptures(dora.page, 'audio')).toBe(0);
    const again = await prejoin.join('Dora');
    await ada.tileSaying('Dora', 'muted').waitFor();
    await again.leave();
    await dora.page.reload();
    await prejoin.joinButton().waitFor();
    await prejoin.button('Unmute microphone').waitFor();
    expect(await ada.tile('Dora').count()).toBe(0);
  });

  test('no page had an error', () => {
    expect(ada.tab.problems).toEqual([]);
  });
});
