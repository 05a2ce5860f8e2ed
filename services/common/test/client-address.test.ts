import { describe, expect, test } from '@jest/globals';
import { clientAddress, clientKey, clientNetworks } from '../src/limits/client-address.ts';

describe('the address of a client', () => {
  test.each([
    ['the socket where no proxy is trusted', '192.0.2.1', '203.0.113.9', 0, '192.0.2.1'],
    ['what our one proxy saw', '127.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
    [
      'what our proxy saw, not what the client claims',
      '127.0.0.1',
      '10.0.0.1, 203.0.113.9',
      1,
      '203.0.113.9',
    ],
    ['what the outer of two proxies saw', '127.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['the socket where the proxy said nothing', '192.0.2.1', undefined, 1, '192.0.2.1'],
    ['the first entry where there are fewer than proxies', '127.0.0.1', '203.0.113.9', 3, '203.0.113.9'],
    ['the socket where the entry is no address', '192.0.2.1', 'unknown', 1, '192.0.2.1'],
    ['the socket where the entry is empty', '192.0.2.1', '', 1, '192.0.2.1'],
    ['without a port', '127.0.0.1', '203.0.113.9:4711', 1, '203.0.113.9'],
    ['without brackets and port', '127.0.0.1', '[2001:db8::1]:443', 1, '2001:db8::1'],
    ['IPv4 when seen through IPv6', '::ffff:192.0.2.1', undefined, 1, '192.0.2.1'],
    ['without a zone', 'fe80::1%eth0', undefined, 0, 'fe80::1'],
  ])('is %s', (_what, socket, forwarded, hops, expected) => {
    const request = { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: socket } };
    expect(clientAddress(request, hops)).toBe(expected);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8::0001', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });

  test.each([
    ['192.0.2.1', ['192.0.2.1']],
    ['a name', ['a name']],
    ['2001:db8:1:2::5', ['2001:db8:1:2::/64', '2001:db8:1:0000::/56', '2001:db8:1::/48']],
    ['2001:db8:1:abcd::5', ['2001:db8:1:abcd::/64', '2001:db8:1:ab00::/56', '2001:db8:1::/48']],
    ['2001:db8::5', ['2001:db8:0:0::/64', '2001:db8:0:0000::/56', '2001:db8:0::/48']],
  ])('%s is in the networks %j', (address, keys) => {
    expect(clientNetworks(address).map(({ key }) => key)).toEqual(keys);
  });
});
