import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { TRACE_HEADER } from '@parley/proto/rest';
import '../harness/jest-timeout.ts';
import { openSocket, RawPeer } from '../harness/peer/raw-peer.ts';
import { callRoute, sendRequest } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

const SERVICES = ['gateway', 'signaling', 'media'] as const;

describe('the trace id of a join', () => {
  let launcher: Launcher;
  let code: string;

  const lines = (service: string, traceId: string) =>
    launcher.log(service).filter((line) => line.traceId === traceId);

  beforeAll(async () => {
    launcher = await Launcher.start({ env: { LOG_LEVEL: 'debug' } });
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
  });

  afterAll(() => launcher.stop());

  test('is in the reply to the join and in log lines of gateway, signaling and media', async () => {
    const peer = await RawPeer.join(launcher.origin, code, 'Ada');
    const { traceId } = peer.joinResponse;
    for (const service of SERVICES) {
      await waitFor(() => lines(service, traceId).length > 0, {
        what: `a line of ${service} with the trace id`,
      });
    }
    await peer.leave();
  });

  test('is the one that the browser sent, and comes back in the header', async () => {
    const traceId = randomBytes(16).toString('hex');
    const headers = { [TRACE_HEADER]: traceId };
    const answer = await sendRequest(launcher.origin, 'POST', `/api/rooms/${code}/join`, {
      body: '{"displayName":"Bob"}',
      headers,
    });
    expect(answer).toMatchObject({ status: 200, traceId, body: { traceId } });
    await waitFor(() => lines('gateway', traceId).length > 0, { what: 'a line of the gateway' });
    await waitFor(() => lines('signaling', traceId).length > 0, { what: 'a line of signaling' });
  });

  test('differs from join to join, and is in error replies', async () => {
    const first = await callRoute(launcher.origin, 'joinRoom', { code, body: { displayName: 'Ada' } });
    const second = await callRoute(launcher.origin, 'joinRoom', { code, body: { displayName: 'Ada' } });
    expect(first.traceId).not.toBe(second.traceId);
    const refused = await sendRequest(launcher.origin, 'GET', '/api/rooms/aaaa-bbbb-ccc');
    expect(refused.body).toMatchObject({ error: { traceId: refused.traceId } });
  });

  test('is made anew if the header does not have the form of a trace id', async () => {
    const headers = { [TRACE_HEADER]: 'x"\\u000aforged' };
    const answer = await sendRequest(launcher.origin, 'POST', `/api/rooms/${code}/join`, {
      body: '{"displayName":"Eve"}',
      headers,
    });
    expect(answer.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  test('does not bring secrets into the logs: no token, resume secret, key, ICE password or code of a room is in any of them', async () => {
    const peer = await RawPeer.join(launcher.origin, code, 'Ada');
    await peer.connectTransports();
    const { snapshot, transports } = peer.joined;
    const { joinTokenSecret, databasePassword } = launcher.secrets;
    await openSocket(launcher.origin, { token: `${peer.joinResponse.token}x` }).catch(() => undefined);
    await peer.leave();
    await waitFor(() => lines('media', peer.joinResponse.traceId).length > 0, {
      what: 'media to log the leave',
    });
    const signature = peer.joinResponse.token.split('.')[2]!;
    const icePassword = transports.send.iceParameters.password;
    const secrets = [signature, snapshot.resumeSecret, joinTokenSecret, databasePassword, icePassword, code];
    for (const service of [...SERVICES, 'ui', 'postgres']) {
      const text = launcher.logText(service);
      for (const secret of secrets) expect(text.includes(secret)).toBe(false);
    }
  });
});
