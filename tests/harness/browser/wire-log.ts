import type { ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { ConsumerParameters } from '@parley/proto/rtp';
import type { Page } from 'playwright-core';

/** A Socket.io packet in a frame of a WebSocket, or another frame (`other`). */
export type Frame = {
  direction: 'sent' | 'received';
  type: 'event' | 'ack' | 'other';
  /** Event name; empty for acks. */
  name: string;
  id: number | null;
  data: unknown[];
  raw: string;
};

const PACKET = /^4([23])(\d*)(\[.*)$/s;

function parseFrame(direction: Frame['direction'], raw: string): Frame {
  const match = PACKET.exec(raw);
  if (!match) return { direction, type: 'other', name: '', id: null, data: [], raw };
  const data = JSON.parse(match[3] ?? '[]') as unknown[];
  const isEvent = match[1] === '2';
  const name = isEvent ? String(data[0]) : '';
  const id = match[2] ? Number(match[2]) : null;
  return { direction, type: isEvent ? 'event' : 'ack', name, id, data: isEvent ? data.slice(1) : data, raw };
}

type AcceptedReply = { ok: boolean; data: Record<string, unknown> };

/** Everything that a page sends and receives: HTTP requests, and each frame of its WebSockets. */
export class WireLog {
  readonly frames: Frame[] = [];
  readonly requests: string[] = [];
  sockets = 0;

  constructor(page: Page) {
    page.on('request', (request) =>
      this.requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
    );
    page.on('websocket', (socket) => {
      this.sockets += 1;
      socket.on('framesent', ({ payload }) => this.frames.push(parseFrame('sent', payload.toString())));
      socket.on('framereceived', ({ payload }) =>
        this.frames.push(parseFrame('received', payload.toString())),
      );
    });
  }

  sent(name: string): Frame[] {
    return this.frames.filter((frame) => frame.direction === 'sent' && frame.name === name);
  }

  received(name: string): Frame[] {
    return this.frames.filter((frame) => frame.direction === 'received' && frame.name === name);
  }

  /** The frames of either direction that contain this text. */
  mentions(text: string): Frame[] {
    return this.frames.filter(({ raw }) => raw.includes(text));
  }

  /** The data of accepted replies to the requests of these names, in order. */
  replies(...names: string[]): Record<string, unknown>[] {
    // Each socket counts its requests from 0.
    const asked = new Map<number | null, string>();
    const answers = this.frames.filter(({ direction, type, id, name: sent }) => {
      if (direction === 'sent') asked.set(id, sent);
      return type === 'ack' && direction === 'received' && names.includes(asked.get(id) ?? '');
    });
    return answers
      .map(({ data }) => data[0] as AcceptedReply)
      .filter(({ ok }) => ok)
      .map(({ data }) => data);
  }

  /** The newest record that the page received of each other person, by name. */
  peers(): Map<string, PeerRecord> {
    const joins = new Set(this.replies('room:join', 'room:resume'));
    // The records are in the order of arrival, because a person who joins again is a new peer with an old name.
    const records = this.frames.flatMap(({ direction, type, name, data }) => {
      if (direction !== 'received') return [];
      if (name === 'peer:joined' || name === 'peer:updated') return (data[0] as { peer: PeerRecord }).peer;
      const reply = type === 'ack' ? (data[0] as AcceptedReply).data : undefined;
      return reply && joins.has(reply) ? (reply['snapshot'] as { peers: PeerRecord[] }).peers : [];
    });
    const newest = new Map<string, PeerRecord>();
    for (const record of records) {
      const known = newest.get(record.displayName);
      if (!known || known.peerId !== record.peerId || known.version < record.version)
        newest.set(record.displayName, record);
    }
    return newest;
  }

  /** The consumers that the server made for this page, the newest of each producer. */
  consumers(): Map<ProducerId, ConsumerParameters> {
    const results = this.replies('consumer:create', 'room:join').flatMap(
      // A refused request has no results, and a join has what its reply brings.
      ({ results, first }) => (results ?? first ?? []) as { consumer?: ConsumerParameters }[],
    );
    return new Map(
      results.flatMap(({ consumer }) => (consumer ? [[consumer.producerId, consumer] as const] : [])),
    );
  }
}
