import { beforeEach, describe, expect, test } from '@jest/globals';
import { createPreview } from '../../../src/call/devices/device-preview.ts';
import { fall, levelOf } from '../../../src/call/devices/level-meter.ts';
import type { PreviewClient } from '../../../src/call/devices/device-preview.ts';
import { ManualCapture } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

let capture: ManualCapture;
let meters: { track: MediaStreamTrack; closed: boolean }[];
let preview: PreviewClient;

beforeEach(() => {
  capture = new ManualCapture();
  meters = [];
  preview = createPreview({
    capture,
    meter: (track) => {
      const meter = { track, closed: false };
      meters.push(meter);
      return { read: () => 0.5, close: () => (meter.closed = true) };
    },
  });
});

async function open(): Promise<void> {
  const done = Promise.all([preview.setCamera(true), preview.setMicrophone(true)]);
  capture.grant();
  capture.grant();
  await done;
}

describe('the preview', () => {
  test('opens nothing by itself', async () => {
    await settle();
    expect(capture.openings).toHaveLength(0);
    expect(preview.getState().camera.status).toBe('released');
    expect(preview.getMicrophoneLevel()).toBe(0);
  });

  test('shows the camera and how loud the microphone is', async () => {
    await open();
    expect(preview.getState().cameraTrack).toBe(capture.tracks[0]);
    expect(preview.getState().microphone.status).toBe('live');
    expect(preview.getMicrophoneLevel()).toBe(0.5);
  });

  test('shows the error of a device while the other device works', async () => {
    const done = Promise.all([preview.setCamera(true), preview.setMicrophone(true)]);
    capture.refuse('device_permission_denied');
    capture.grant();
    await done;
    expect(preview.getState().camera).toMatchObject({
      status: 'failed',
      error: { code: 'device_permission_denied' },
    });
    expect(preview.getState().microphone.status).toBe('live');
  });

  test('hands its live tracks over and stops nothing of them', async () => {
    await open();
    const tracks = preview.handOver();
    expect(tracks).toEqual({ camera: capture.tracks[0], microphone: capture.tracks[1] });
    expect(capture.live).toHaveLength(2);
    expect(meters[0]?.closed).toBe(true);
    preview.close();
    expect(capture.live).toHaveLength(2);
    expect(preview.handOver()).toEqual({ camera: null, microphone: null });
  });

  test('frees every device when it is closed, also one that is still opening', async () => {
    await open();
    const done = preview.selectCamera('other');
    preview.close();
    capture.grant();
    await done;
    expect(capture.live).toEqual([]);
    expect(preview.getMicrophoneLevel()).toBe(0);
    await preview.setCamera(true);
    expect(capture.openings).toHaveLength(0);
  });

  test('notifies its subscribers once of many changes in one task', async () => {
    let notified = 0;
    const stop = preview.subscribe(() => (notified += 1));
    await open();
    await settle();
    expect(notified).toBeGreaterThan(0);
    expect(notified).toBeLessThan(8);
    const before = notified;
    stop();
    preview.close();
    await settle();
    expect(notified).toBe(before);
  });
});

describe('the level', () => {
  const tone = (amplitude: number) =>
    Float32Array.from({ length: 512 }, (_, index) => amplitude * Math.sin(index / 3));

  test('is nothing in silence, full when it is loud, and between for a voice', () => {
    expect(levelOf(new Float32Array(512))).toBe(0);
    expect(levelOf(tone(0.0001))).toBe(0);
    expect(levelOf(tone(1))).toBe(1);
    expect(levelOf(tone(0.05))).toBeGreaterThan(0.3);
    expect(levelOf(tone(0.05))).toBeLessThan(0.9);
  });

  test('jumps up at once and falls calmly', () => {
    expect(fall(0.2, 0.9, 16)).toBe(0.9);
    expect(fall(0.9, 0, 100)).toBeCloseTo(0.65);
    expect(fall(0.1, 0, 1000)).toBe(0);
  });
});
