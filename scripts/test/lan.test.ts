import { describe, expect, test } from '@jest/globals';
import { encode } from 'uqr';
import { readOptions } from '../launcher/start/start-config.ts';
import { chooseLanAddress, lanWords } from '../launcher/start/lan.ts';
import { ownAddresses } from '../lib/own-addresses.mjs';
import { qrCode } from '../lib/qr-code.ts';

const one = (address: string, internal = false, family: 'IPv4' | 'IPv6' = 'IPv4') =>
  [{ address, internal, family, netmask: '', mac: '', cidr: null, scopeid: 0 }] as never;

describe('the address for other devices', () => {
  test('is the one in a real network, and the others are named', () => {
    const interfaces = {
      lo: one('127.0.0.1', true),
      docker0: one('172.17.0.1'),
      usb0: one('169.254.3.4'),
      wg0: one('fd00::1', false, 'IPv6'),
      wlan0: one('192.168.1.5'),
    };
    expect(chooseLanAddress('', interfaces)).toEqual({ address: '192.168.1.5', others: ['172.17.0.1'] });
  });

  test('is the wanted one', () => {
    expect(chooseLanAddress('10.1.2.3', {})).toEqual({ address: '10.1.2.3', others: [] });
  });

  test('that is no address, or cannot be found, is refused in words', () => {
    expect(() => chooseLanAddress('my-laptop')).toThrow('--lan=my-laptop is not an IPv4 address');
    expect(() => chooseLanAddress('', { lo: one('127.0.0.1', true) })).toThrow('no address in a network');
  });

  test('is asked for with or without a value; anything else is refused', () => {
    expect(readOptions([])).toEqual({ isDev: false, lan: undefined });
    expect(readOptions(['--dev', '--lan'])).toEqual({ isDev: true, lan: '' });
    expect(readOptions(['--lan=10.0.0.1'])).toEqual({ isDev: false, lan: '10.0.0.1' });
    expect(() => readOptions(['--land'])).toThrow('There is no --land');
  });
});

test('media listens for people on this machine at its loopback address, and at one that Firefox uses', () => {
  const interfaces = { lo: one('127.0.0.1', true), docker0: one('172.17.0.1'), wlan0: one('192.168.1.5') };
  expect(ownAddresses(interfaces)).toEqual(['127.0.0.1', '192.168.1.5']);
  expect(ownAddresses({ lo: one('127.0.0.1', true) })).toEqual(['127.0.0.1']);
});

/** What a camera sees: of each character the upper and the lower module, dark or not. */
function seen(drawn: string): boolean[][] {
  return drawn.split('\n').flatMap((line) => {
    const isDark = (light: string) => line.split('').map((character) => !light.includes(character));
    return [isDark('█▀'), isDark('█▄')];
  });
}

describe('the code in the terminal', () => {
  const url = 'https://192.168.1.5:8443';

  test('is that of the address', () => {
    const { data } = encode(url, { border: 2, ecc: 'L' });
    expect(seen(qrCode(url, false)).slice(0, data.length)).toEqual(data);
    const { data: other } = encode('https://192.168.1.6:8443', { border: 2, ecc: 'L' });
    expect(seen(qrCode(url, false)).slice(0, other.length)).not.toEqual(other);
  });

  test('brings its own colours where there are any', () => {
    for (const line of qrCode(url, true).split('\n')) {
      expect(line.startsWith('\u001b[97;40m')).toBe(true);
      expect(line.endsWith('\u001b[0m')).toBe(true);
    }
  });

  test('comes with words on the certificate, the firewall and other addresses', () => {
    const lan = { address: '192.168.1.5', others: ['10.0.0.7'] };
    const words = lanWords(lan, url, 'AB:CD', { https: 8443, media: '40000-40001' }).join('\n');
    expect(words).toMatch(/other addresses too: 10\.0\.0\.7\. Choose with --lan=/);
    expect(words).toMatch(/certificate[^]*AB:CD[^]*TCP 8443 and UDP and TCP 40000-40001/);
  });
});
