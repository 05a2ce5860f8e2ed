import { expect, test } from '@jest/globals';
import type { IceCandidate } from '@parley/proto/rtp';
import { offerCandidates } from '../../src/network/ice-candidates.ts';

const candidate = (protocol: 'udp' | 'tcp', priority: number): IceCandidate => ({
  foundation: `${protocol}candidate`,
  priority,
  address: '0.0.0.0',
  protocol,
  port: 40_000,
  type: 'host',
  ...(protocol === 'tcp' && { tcpType: 'passive' }),
});
/** As mediasoup makes them when it listens on one address. */
const made = [candidate('udp', 1_076_558_079), candidate('tcp', 1_076_276_479)];

test('each address is offered with each protocol, and the address of the socket is not', () => {
  const offered = offerCandidates(made, ['198.51.100.7', '10.0.0.7', '2001:db8::7']);
  expect(offered.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)).toEqual([
    'udp 198.51.100.7 40000',
    'udp 10.0.0.7 40000',
    'udp 2001:db8::7 40000',
    'tcp 198.51.100.7 40000',
    'tcp 10.0.0.7 40000',
    'tcp 2001:db8::7 40000',
  ]);
  expect(new Set(offered.map(({ foundation }) => foundation)).size).toBe(6);
});

test('the preferred address is tried first, and TCP after every address of UDP', () => {
  const addresses = Array.from({ length: 8 }, (_, index) => `198.51.100.${index + 1}`);
  const priorities = offerCandidates(made, addresses).map(({ priority }) => priority);
  expect(priorities).toEqual(priorities.toSorted((one, other) => other - one));
  expect(new Set(priorities).size).toBe(16);
});
