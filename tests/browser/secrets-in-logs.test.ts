import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { joinAs } from '../harness/browser/people.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { logsOf, searchSecrets, secretsOf, type Secret } from '../harness/records/secret-search.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { freePorts, waitFor } from '@parley/common/testing';

const TURN_SECRET = 'turn-secret-of-this-very-test-run';
const CHAT_TEXT = 'meet me at the third lantern';

describe('the logs of a call', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let people: CallPage[];
  let secrets: Secret[];

  beforeAll(async () => {
    const turn = await freePorts(1);
    const env = { TURN_URLS: `turn:127.0.0.1:${turn}?transport=udp`, TURN_SECRET, LOG_LEVEL: 'debug' };
    launcher = await Launcher.start({ env });
    browser = await TestBrowser.launch(launcher.origin);
    const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
    people = await haveCall(code);
    secrets = collectSecrets();
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  /** Two people see each other, write, lose their media worker, and leave. */
  async function haveCall(code: RoomCode): Promise<CallPage[]> {
    const ada = await joinAs(browser, code, 'Ada');
    const bela = await joinAs(browser, code, 'Bela');
    await expectMoving(bela.video('Ada'));
    await ada.say(CHAT_TEXT);
    for (const pid of launcher.workerPids()) process.kill(pid, 'SIGKILL');
    await waitFor(() => bela.tab.wire.replies('media:reopen').length > 0, { what: 'media to be made anew' });
    await expectMoving(bela.video('Ada'));
    await ada.leave();
    await bela.leave();
    const left = () => launcher.log('browser').filter(({ msg }) => msg === 'left').length === 2;
    await waitFor(left, { what: 'the browsers to have logged that they left' });
    return [ada, bela];
  }

  function collectSecrets(): Secret[] {
    const own = Object.entries(launcher.secrets)
      .filter(([what]) => what !== 'instanceId')
      .map(([what, text]) => ({ what, text }));
    return [
      ...own,
      ...people.flatMap(({ tab }) => secretsOf(tab.wire.frames)),
      { what: 'the TURN secret', text: TURN_SECRET },
      { what: 'what was said', text: CHAT_TEXT },
      { what: 'what was said', text: encodeURIComponent(CHAT_TEXT) },
    ];
  }

  test('include those of every service, the browsers and the launcher', () => {
    for (const service of ['browser', 'gateway', 'signaling', 'media', 'logs'])
      expect(launcher.log(service).length).toBeGreaterThan(0);
    const names = logsOf(launcher).map(({ name }) => name);
    for (const file of ['ui.log', 'postgres.log', 'the launcher'])
      expect(names.some((name) => name.endsWith(file))).toBe(true);
  });

  test('contain no secret', () => {
    const kinds = new Set(secrets.map(({ what }) => what));
    for (const what of [
      'a join token',
      'a resume secret',
      'an ICE password',
      'a TURN password',
      'a DTLS fingerprint',
    ])
      expect([...kinds]).toContain(what);
    expect(searchSecrets(logsOf(launcher), secrets)).toEqual([]);
  });

  test('are searched so that every kind of secret would be found', () => {
    const path = join(launcher.logFolder, 'media', 'planted.ndjson');
    for (const { what, text } of secrets) {
      appendFileSync(path, `${JSON.stringify({ level: 'info', msg: 'planted', note: `x ${text} y` })}\n`);
      const found = searchSecrets(logsOf(launcher), [{ what, text }]);
      expect(found.some((finding) => finding.what === what && finding.name === path)).toBe(true);
    }
  });

  test.each([
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJwYXJsZXkifQ.c2lnbmF0dXJlc2ln'],
    ['a TURN user name', '1795600000:76b91851-15d2-4045-94b3-a29df6acabf1'],
    ['an ICE password', 'a=ice-pwd:abcdefghijklmnopqrstuvwx'],
    ['an ICE password', '{"icePwd":"abcdefghijklmnopqrstuvwx"}'],
    ['a session description', 'v=0\r\no=- 1 2 IN IP4 127.0.0.1'],
    ['a line of SDP', 'a=candidate:1 1 udp 1 192.0.2.1 9 typ host'],
    ['a DTLS fingerprint', Array.from({ length: 32 }, () => 'AB').join(':')],
    ['a password in an address', 'postgres://parley:hunter2@db/parley'],
  ])('are searched for everything that has the shape of %s', (what, text) => {
    const line = JSON.stringify({ level: 'info', msg: 'planted', note: text });
    expect(searchSecrets([{ name: 'a file', text: `{}\n${line}\n` }], [])).toContainEqual({
      what,
      name: 'a file',
      line: 2,
    });
  });
});
