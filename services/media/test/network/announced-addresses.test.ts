import { afterEach, expect, test } from '@jest/globals';
import { silentLogger, waitFor } from '@parley/common/testing';
import { AnnouncedAddresses } from '../../src/network/announced-addresses.ts';

let names: Record<string, string[]> = {};
let addresses: AnnouncedAddresses | undefined;

afterEach(() => addresses?.close());

async function create(hosts: string[], followIntervalMs?: number): Promise<AnnouncedAddresses> {
  const resolve = async (name: string): Promise<string[]> => {
    const found = names[name];
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
  addresses = await AnnouncedAddresses.create({ hosts, logger: silentLogger, resolve, followIntervalMs });
  return addresses;
}

test('addresses stay as they are and names become all of their addresses, in the given order', async () => {
  names = { 'meet.example.com': ['198.51.100.7', '2001:db8::7'] };
  const { current } = await create(['10.0.0.7', 'meet.example.com', '198.51.100.7']);
  expect(current).toEqual(['10.0.0.7', '198.51.100.7', '2001:db8::7']);
});

test('a name without an address stops the start, and the message has the name', async () => {
  // Too long for a name, so that no name server is asked.
  const nowhere = `${'x'.repeat(64)}.example`;
  const creating = AnnouncedAddresses.create({ hosts: [nowhere], logger: silentLogger });
  await expect(creating).rejects.toThrow(nowhere);
});

test('a name is followed: its new address is announced from then on', async () => {
  names = { home: ['198.51.100.7'] };
  const followed = await create(['home'], 5);
  names = { home: ['198.51.100.8'] };
  await waitFor(() => followed.current[0] === '198.51.100.8');
});

test('while a name cannot be resolved, its last addresses stay', async () => {
  names = { home: ['198.51.100.7'] };
  const followed = await create(['home']);
  names = {};
  await followed.follow();
  expect(followed.current).toEqual(['198.51.100.7']);
});

test('after close an answer that was on its way changes nothing', async () => {
  names = { home: ['198.51.100.7'] };
  const followed = await create(['home']);
  names = { home: ['198.51.100.8'] };
  const following = followed.follow();
  followed.close();
  await following;
  expect(followed.current).toEqual(['198.51.100.7']);
});
