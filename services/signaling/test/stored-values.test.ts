import { expect, test } from '@jest/globals';
import { storedEvent } from '../src/store/stored-values.ts';
import { livePeer } from './support/live-room-store-contract.ts';

test.each(['peer-joined', 'peer-updated'])(
  'an event %s of the last version, without a node, is read',
  (type) => {
    const peer = livePeer('ada').record;
    const text = JSON.stringify({ form: 1, value: { type, peer } });
    expect(storedEvent.parse(text)).toEqual({ type, peer, mediaNodeId: null });
  },
);
