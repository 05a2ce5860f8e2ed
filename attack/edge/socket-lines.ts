import { waitFor } from '@parley/common/testing';
import { atLeast, atMost, type Finding } from '../frame/attack.ts';
import { Visitor } from '../frame/visitor.ts';
import { RawTransport } from '../signaling/raw-transport.ts';
import { joinOf } from './guest.ts';
import { onEdges } from './servers.ts';

export const SOCKET_LINES = onEdges({
  name: 'socket-lines',
  description: 'A guest sends thousands of packets at once, so that each could leave a line in the log.',
  async run({ launcher }, scale): Promise<Finding[]> {
    const visitor = new Visitor(launcher);
    const { token, traceId } = await joinOf(launcher, visitor);
    const transport = await RawTransport.open(visitor);
    await transport.connect({ token });
    const count = scale === 'full' ? 50_000 : 5_000;
    // Packets of every kind: requests, acknowledgements, other namespaces, and what is no packet.
    const kinds = ['42["room:join",{}]', '431[]', '40/other,', '4x', '427["no:verb",null]'];
    for (let sent = 0; sent < count; sent += 1) transport.send(kinds[sent % kinds.length] ?? '');
    await transport.ended();
    const lines = () => launcher.log('signaling');
    const created = () => lines().filter(({ msg }) => msg === 'room created').length;
    const rooms = created();
    await visitor.createRoom();
    await waitFor(() => created() > rooms, { what: 'the line after the flood' });
    const ofGuest = lines().filter((line) => line.traceId === traceId).length;
    return [
      atLeast('packets that were sent', count, 1),
      atLeast('lines of that guest in the log of signaling', ofGuest, 1),
      // The join token and the end of the socket leave a line each.
      atMost('and no more than', ofGuest, 3),
    ];
  },
});
