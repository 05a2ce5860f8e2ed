import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { ROUTES } from '@parley/proto/rest';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

const CODE = 'abcd-efgh-jkm';
const SECRET_OF_PEER = `${CODE}.peer-1.${'s3cr3t'.repeat(8)}`;
const PATH = ROUTES.sayGoodbye.path.replace('{code}', CODE);
const GOODBYE = { resumeSecret: SECRET_OF_PEER, verb: 'room:suspend' };

describe('the goodbye of a page', () => {
  let owner: RoomOwner;
  let gateway: Gateway;

  beforeAll(async () => {
    owner = await RoomOwner.create();
    gateway = await startGateway({ signaling: [owner.address] });
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });
  beforeEach(() => {
    owner.calls.length = 0;
    owner.override = { sayGoodbye: () => ({}) };
  });

  const outcome = async (response: Response): Promise<string> => {
    if (response.ok) return String(response.status);
    return `${response.status} ${((await response.json()) as { error: { code: string } }).error.code}`;
  };

  test.each(['room:suspend', 'room:leave'])('is passed on to signaling, as %s', async (verb) => {
    const headers = { origin: 'https://meet.example', 'sec-fetch-site': 'same-origin' };
    const response = await gateway.post(PATH, { ...GOODBYE, verb }, headers);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(owner.calls).toMatchObject([
      { method: 'sayGoodbye', request: { code: CODE, resumeSecret: SECRET_OF_PEER, verb } },
    ]);
  });

  test('has the answer of signaling, and leaves no secret in the log', async () => {
    owner.override = {
      sayGoodbye: () => {
        throw new ParleyError('resume_rejected');
      },
    };
    expect(await outcome(await gateway.post(PATH, GOODBYE))).toBe('401 resume_rejected');
    expect(JSON.stringify(gateway.log.lines)).not.toContain('s3cr3t');
  });

  test.each<[string, unknown, string]>([
    ['no body', undefined, '400 invalid_request'],
    ['no secret', { verb: 'room:leave' }, '400 invalid_request'],
    ['a secret that is too short', { ...GOODBYE, resumeSecret: 'x' }, '400 invalid_request'],
    ['a secret that is too long', { ...GOODBYE, resumeSecret: 'x'.repeat(257) }, '400 invalid_request'],
    ['a secret that is an object', { ...GOODBYE, resumeSecret: { $ne: '' } }, '400 invalid_request'],
    ['another verb', { ...GOODBYE, verb: 'room:end-call' }, '400 invalid_request'],
    ['a key too many', { ...GOODBYE, peerId: 'peer-1' }, '400 invalid_request'],
    ['more than anybody needs', { ...GOODBYE, resumeSecret: 'x'.repeat(200_000) }, '413 payload_too_large'],
  ])('with %s is refused', async (_what, body, expected) => {
    expect(await outcome(await gateway.post(PATH, body))).toBe(expected);
    expect(owner.calls).toEqual([]);
  });

  test('of no room, of a page of another site, or as plain text is refused', async () => {
    const ofNone = ROUTES.sayGoodbye.path.replace('{code}', 'nonsense');
    expect(await outcome(await gateway.post(ofNone, GOODBYE))).toBe('400 invalid_room_code');
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign)
      expect(await outcome(await gateway.post(PATH, GOODBYE, headers))).toBe('403 origin_not_allowed');
    // A page of another site could send this without asking first.
    const plain = await gateway.post(PATH, GOODBYE, { 'content-type': 'text/plain' });
    expect(await outcome(plain)).toBe('415 unsupported_media_type');
    expect(owner.calls).toEqual([]);
  });

  test('is limited for each address', async () => {
    const limited = await startGateway({ signaling: [owner.address], rateFactor: 0.01 });
    const ask = (address: string) => limited.post(PATH, GOODBYE, { 'x-forwarded-for': address });
    expect(await outcome(await ask('192.0.2.1'))).toBe('204');
    expect(await outcome(await ask('192.0.2.1'))).toBe('204');
    expect(await outcome(await ask('192.0.2.1'))).toBe('429 rate_limited');
    expect(await outcome(await ask('192.0.2.2'))).toBe('204');
    await limited.close();
  });
});
