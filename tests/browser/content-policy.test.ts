import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer, type Answer } from '../harness/servers/recording-server.ts';
import { LandingPage, PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';

describe('the pages, behind nginx with TLS, obey their own policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-certificate-'));
  let launcher: Launcher;
  let edge: NginxEdge;
  let browser: TestBrowser;
  let code: string;
  /** Two sites of others. Only the first may show our pages in a frame. */
  let listed: RecordingServer;
  let other: RecordingServer;
  let ada: CallPage;
  let bela: CallPage;

  beforeAll(async () => {
    const frame: Answer = (_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><iframe allow="camera; microphone" src="https://localhost:${edge.httpsPort}/"></iframe>`,
      );
    };
    listed = await RecordingServer.start('listed', frame);
    other = await RecordingServer.start('other', frame);
    const env = { EMBED_ORIGINS: `http://${listed.address}` };
    launcher = await Launcher.start({ env });
    const { certificatePath, keyPath } = await ensureCertificate(folder);
    const { ports } = launcher;
    edge = await NginxEdge.start({
      ...env,
      EDGE_CERTIFICATE: certificatePath,
      EDGE_CERTIFICATE_KEY: keyPath,
      UI_ADDRESSES: `127.0.0.1:${ports.UI_PORT}`,
      GATEWAY_ADDRESSES: `127.0.0.1:${ports.GATEWAY_PORT}`,
      SIGNALING_ADDRESSES: `127.0.0.1:${ports.SIGNALING_PORT}`,
    });
    browser = await TestBrowser.launch(`https://localhost:${edge.httpsPort}`, 'willing', [
      '--ignore-certificate-errors',
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    await edge?.stop();
    await launcher?.stop();
    await listed?.close();
    await other?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a person gets from the landing page into a new call', async () => {
    const tab = await browser.open('/');
    await new LandingPage(tab).newCall().click();
    ada = await new PreJoinPage(tab).join('Ada');
    code = new URL(tab.page.url()).pathname.split('/').at(-1) ?? '';
  });

  test('two people see each other, over a WebSocket with TLS', async () => {
    bela = await joinAs(browser, code, 'Bela');
    await expectAllSeeEachOther([ada, bela]);
    await bela.say('hello');
    await ada.openChat();
    await ada.message('hello').waitFor();
    await ada.press('Share screen');
    await bela.screenOf('Ada').locator('video').waitFor();
  });

  test('the page for an unknown address works', async () => {
    const { page } = await browser.open('/r/no-such-code');
    await page.getByRole('link', { name: 'start page' }).or(page.getByRole('link').first()).first().waitFor();
  });

  test('a site that is listed shows a page in a frame, where camera and microphone work', async () => {
    const { page } = await browser.open('/');
    await page.goto(`http://${listed.address}/`);
    const inside = page.frameLocator('iframe');
    await inside.getByRole('button', { name: 'New call' }).waitFor();
    const kinds = await page.frames()[1]!.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      for (const track of stream.getTracks()) track.stop();
      return stream.getTracks().map(({ kind }) => kind);
    });
    expect(kinds.sort()).toEqual(['audio', 'video']);
    await page.close();
  });

  test('a site that is not listed shows nothing', async () => {
    const { page, problems } = await browser.open('/');
    await page.goto(`http://${other.address}/`);
    expect(await page.frameLocator('iframe').getByRole('button').count()).toBe(0);
    expect(problems.splice(0)).toEqual([expect.stringContaining('frame-ancestors')]);
    await page.close();
  });

  test('a script without the nonce does not run', async () => {
    const violated = ada.page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
            once: true,
          });
          const button = document.createElement('button');
          button.setAttribute('onclick', 'globalThis.wasRun = true');
          document.body.append(button);
          button.click();
        }),
    );
    expect(await violated).toBe('script-src-attr');
    expect(await ada.page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
    expect(ada.tab.problems.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
  });

  describe('what people write is text, however much it looks like code', () => {
    const MARKUP = '<img src=x onerror=hacked=1>';
    const SCRIPT = '<script>hacked=1</script>';
    let mallory: CallPage;
    let witness: CallPage;

    beforeAll(async () => {
      const made = await callRoute(launcher.origin, 'createRoom', { body: { title: `${MARKUP}${SCRIPT}` } });
      witness = await joinAs(browser, made.code, 'Witness');
      mallory = await joinAs(browser, made.code, MARKUP);
      await Promise.all([witness.openChat(), mallory.openChat()]);
    });

    test('a name, a message and the name of a room', async () => {
      await witness.tile(MARKUP).waitFor();
      for (const text of [MARKUP, SCRIPT, 'javascript:hacked=1', '"><svg onload=hacked=1>']) {
        await mallory.say(text);
        const message = witness.message(text).last();
        await message.getByText(text, { exact: true }).last().waitFor();
        expect(await message.locator('img, script, svg[onload], a[href^="javascript"]').count()).toBe(0);
      }
      expect(await witness.page.locator('[onerror], [onload]').count()).toBe(0);
    });

    test.each([
      ['a page', `${MARKUP}.html`, 'text/html', `<!doctype html>${SCRIPT}`],
      [
        'a drawing',
        `${MARKUP}.svg`,
        'image/svg+xml',
        `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`,
      ],
    ])(
      'a file that is %s: it is saved, and shown by no browser, through nginx as well',
      async (_what, name, mimeType, text) => {
        const file = { name, mimeType, buffer: Buffer.from(text) };
        await mallory.page.getByTestId('chat-file-input').setInputFiles(file);
        // The name of a file has no signs that some system gives a meaning.
        const shown = name.replace(/[<>:"|?*]/g, '_');
        const message = witness.message(shown);
        await message.waitFor();
        expect(await message.getByRole('img').count()).toBe(0);
        const downloading = witness.page.waitForEvent('download');
        await message.getByRole('button', { name: /^Save/ }).click();
        const download = await downloading;
        const answer = await witness.page.context().request.get(download.url());
        expect(await answer.text()).toBe(text);
        expect(answer.headers()).toMatchObject({
          'content-type': 'application/octet-stream',
          'content-disposition': expect.stringMatching(/^attachment;/),
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        });
      },
    );

    test('nothing of it ran, and the policy had nothing to refuse', async () => {
      for (const { page, tab } of [mallory, witness]) {
        expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
        expect(tab.problems).toEqual([]);
      }
    });
  });

  test('the policy refused nothing else, and no page had an error', () => {
    expect(ada.tab.problems).toEqual([]);
    expect(bela.tab.problems).toEqual([]);
  });
});
