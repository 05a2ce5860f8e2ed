import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dtlsParameters, opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { cleanup } from 'node-datachannel';
import type { RoomId } from '../../src/room/ids.ts';
import { Streams } from '../support/streams.ts';
import { TestNode, type TestPeer } from '../support/test-node.ts';
import { opusFrame, WebRtcEnd } from '../support/webrtc-end.ts';

describe('a peer that may send nothing', () => {
  let testNode: TestNode;
  let vera: TestPeer;
  let rooms = 0;
  const streams = new Streams();
  const transports = () => testNode.pool.workers[0]?.census.transports;
  const closed = { code: 'closed' };

  beforeAll(async () => {
    testNode = await TestNode.create();
  });
  afterEach(async () => {
    streams.close();
    await vera.close();
    await waitFor(() => transports() === 0 || vera.of.roomId === 'live');
  });
  afterAll(async () => {
    await testNode.close();
    cleanup();
  });

  const enter = async (roomId = `room-${(rooms += 1)}`) => {
    vera = testNode.peer(roomId, 'vera');
    vera.receiveOnly = true;
    return vera.open();
  };
  const peer = () => testNode.node.room(vera.of.roomId as RoomId).peer('vera' as PeerId);
  const microphone = () => vera.produce('microphone', opusParameters());

  test('has one transport, and can make no producer', async () => {
    const opened = await enter();
    expect(opened.sendTransport).toBeNull();
    expect(opened.receiveTransport?.transportId).toBeTruthy();
    expect(transports()).toBe(1);
    await expect(microphone()).rejects.toMatchObject({ code: 'transport_not_found' });
  });

  test('gets the other one once it may send, the same for each request, and loses it again with its producers', async () => {
    await enter();
    const [first, again] = await Promise.all([vera.openSend(), vera.openSend()]);
    expect(again.transportId).toBe(first.transportId);
    await microphone();
    await vera.produce('camera', vp8Parameters());
    expect(testNode.pool.workers[0]?.census).toMatchObject({ transports: 2, producers: 2 });

    await vera.closeSend();
    await vera.closeSend();
    expect(testNode.pool.workers[0]?.census).toMatchObject({ transports: 1, producers: 0 });
    await expect(microphone()).rejects.toMatchObject({ code: 'transport_not_found' });
    await expect(vera.connect(first.transportId, dtlsParameters())).rejects.toMatchObject({
      code: 'transport_not_found',
    });

    expect((await vera.openSend()).transportId).not.toBe(first.transportId);
    await microphone();
  });

  test('is opened again as its role is by then, and keeps the transport that it receives on', async () => {
    const { receiveTransport } = await enter();
    vera.receiveOnly = false;
    const both = await vera.open();
    expect(both.sendTransport?.transportId).toBeTruthy();
    expect(both.receiveTransport).toEqual(receiveTransport);
    vera.receiveOnly = true;
    expect(await vera.open()).toMatchObject({ sendTransport: null, receiveTransport });
    expect(transports()).toBe(1);
  });

  test('has nothing left of a transport that is closed while it is being made', async () => {
    await enter();
    const opening = peer().openSendTransport();
    peer().closeSendTransport();
    const next = peer().openSendTransport();
    await expect(opening).rejects.toMatchObject(closed);
    expect((await next).id).toBe(peer().sendTransport?.id);
    expect(transports()).toBe(2);
  });

  test('keeps nothing if it is closed while the transport is being made, and refuses to make one after that', async () => {
    await enter();
    const leaving = peer();
    const opening = leaving.openSendTransport();
    leaving.close();
    await expect(opening).rejects.toMatchObject(closed);
    await expect(leaving.openSendTransport()).rejects.toMatchObject(closed);
    leaving.closeSendTransport();
  });

  test('is heard once it may send, and goes on receiving when it may not any more', async () => {
    const ada = testNode.peer('live', 'ada');
    const sound = await streams.publish(ada, 'microphone', opusParameters(), opusFrame);
    await enter('live');
    const heard = await streams.subscribe(vera, sound.producerId);
    await vera.resume(heard.consumerId);
    await waitFor(() => heard.end.packets.length >= 5);
    expect(transports()).toBe(3);

    const parameters = opusParameters();
    const end = new WebRtcEnd('send', parameters);
    const transport = await vera.openSend();
    const producerId = await vera.produce('microphone', parameters);
    await vera.connect(transport.transportId, await end.answer(transport));
    let sequenceNumber = 0;
    const timer = setInterval(() => end.send(opusFrame(), { sequenceNumber: sequenceNumber++ }), 20);
    streams.open.push(end, { close: () => clearInterval(timer) });
    const ofVera = await streams.subscribe(ada, producerId);
    await ada.resume(ofVera.consumerId);
    await waitFor(() => ofVera.end.packets.length >= 5);

    await vera.closeSend();
    await expect(ada.resume(ofVera.consumerId)).rejects.toMatchObject({ code: 'consumer_not_found' });
    const before = heard.end.packets.length;
    await waitFor(() => heard.end.packets.length >= before + 20);
    expect(testNode.node.room('live' as RoomId).hasPeer('vera' as PeerId)).toBe(true);
    expect(transports()).toBe(3);
    await ada.close();
  });
});
