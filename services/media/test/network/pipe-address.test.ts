import { expect, test } from '@jest/globals';
import { findPipeListener, resolvePipeHost } from '../../src/network/pipe-address.ts';

test('an end listens on the address that others send to, if it is one of this machine', async () => {
  expect(await findPipeListener('127.0.0.1')).toEqual({ ip: '127.0.0.1', host: '127.0.0.1' });
  const { ip, host } = await findPipeListener('localhost');
  expect(['127.0.0.1', '::1']).toContain(ip);
  expect(host).toBe(ip);
});

test('behind a NAT it listens on every address, and others send to the one that leads here', async () => {
  expect(await findPipeListener('198.51.100.7')).toEqual({ ip: '0.0.0.0', host: '198.51.100.7' });
  expect(await findPipeListener('2001:db8::7')).toEqual({ ip: '::', host: '2001:db8::7' });
});

test('another end is reached at an address of the same family, or not at all', async () => {
  const ipv4 = { ip: '0.0.0.0', host: 'x' };
  expect(await resolvePipeHost('198.51.100.7', ipv4)).toBe('198.51.100.7');
  expect(await resolvePipeHost('localhost', ipv4)).toBe('127.0.0.1');
  await expect(resolvePipeHost('2001:db8::7', ipv4)).rejects.toThrow('family');
});
