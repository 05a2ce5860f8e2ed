import type { Page } from 'playwright-core';

/** Facts of the browser that the probe collects in a page. It uses no state of the app. */
type Probe = {
  connections: RTCPeerConnection[];
  captured: MediaStreamTrack[];
  joinPressedAt: number | null;
  /** When the first frame of each video element was shown, by the name on its tile. */
  firstFrames: { name: string; at: number }[];
};

type ProbeWindow = typeof globalThis & { parleyProbe: Probe };

/** Runs in the page before the scripts of the page. It must not use anything from outside of its body. */
export function installProbe(): void {
  const probe: Probe = { connections: [], captured: [], joinPressedAt: null, firstFrames: [] };
  (globalThis as ProbeWindow).parleyProbe = probe;

  const NativeConnection = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends NativeConnection {
    constructor(...args: ConstructorParameters<typeof NativeConnection>) {
      super(...args);
      probe.connections.push(this);
    }
  };

  const keep = (stream: MediaStream): MediaStream => {
    probe.captured.push(...stream.getTracks());
    return stream;
  };
  const { mediaDevices } = navigator;
  if (mediaDevices) {
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    const getDisplayMedia = mediaDevices.getDisplayMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => keep(await getUserMedia(constraints));
    mediaDevices.getDisplayMedia = async (options) => keep(await getDisplayMedia(options));
  }
  const { value: clone } = Object.getOwnPropertyDescriptor(MediaStreamTrack.prototype, 'clone') as {
    value: (this: MediaStreamTrack) => MediaStreamTrack;
  };
  MediaStreamTrack.prototype.clone = function cloneAndKeep(this: MediaStreamTrack) {
    const copy = clone.call(this);
    probe.captured.push(copy);
    return copy;
  };

  addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.textContent?.trim() === 'Join') probe.joinPressedAt = performance.now();
    },
    { capture: true },
  );
  const watched = new WeakSet<HTMLVideoElement>();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('[data-testid="tile"] video')) {
      if (watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback((now) => {
        const name = video.closest('[data-peer-name]')?.getAttribute('data-peer-name') ?? '';
        probe.firstFrames.push({ name, at: now });
      });
    }
  }).observe(document, { childList: true, subtree: true });
}

/**
 * Runs in the page before its scripts. A machine that encodes and decodes for everybody of a call is slower than people's own, and the page
 * would do without some pictures.
 */
export function keepAllPictures(): void {
  try {
    localStorage.setItem('parley.view', localStorage.getItem('parley.view') ?? '{"easeLoad":false}');
  } catch {
    // A page without an origin stores nothing.
  }
}

/** Runs in the page before its scripts: its tab is one in which the person had turned their camera off. */
export function keepCameraOff(): void {
  try {
    sessionStorage['parley.tab'] ??= JSON.stringify({ devices: { microphoneOn: true, cameraOn: false } });
  } catch {
    // A page without an origin stores nothing.
  }
}

/** How many peer connections of the page may have sent something so far. A page also makes connections to read codecs only. */
export function countConnections(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      (globalThis as ProbeWindow).parleyProbe.connections.filter(
        ({ localDescription, iceGatheringState }) => localDescription !== null || iceGatheringState !== 'new',
      ).length,
  );
}

/** How many peer connections of the page are not closed. */
export function openConnections(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      (globalThis as ProbeWindow).parleyProbe.connections.filter(
        ({ connectionState }) => connectionState !== 'closed',
      ).length,
  );
}

/** How many captured tracks of a kind still hold their device, clones included. */
export function liveCaptures(page: Page, kind: 'audio' | 'video'): Promise<number> {
  return page.evaluate(
    (wanted) =>
      (globalThis as ProbeWindow).parleyProbe.captured.filter(
        (track) => track.kind === wanted && track.readyState === 'live',
      ).length,
    kind,
  );
}

/** How many captured tracks of a kind deliver sound or pictures: those that hold their device and are not disabled. */
export function enabledCaptures(page: Page, kind: 'audio' | 'video'): Promise<number> {
  return page.evaluate(
    (wanted) =>
      (globalThis as ProbeWindow).parleyProbe.captured.filter(
        (track) => track.kind === wanted && track.readyState === 'live' && track.enabled,
      ).length,
    kind,
  );
}

export type InboundAudio = { ssrc: number; energy: number; seconds: number; packets: number };

/** The statistics of each received audio stream so far. */
export function inboundAudio(page: Page): Promise<InboundAudio[]> {
  return page.evaluate(async () => {
    const found: { ssrc: number; energy: number; seconds: number; packets: number }[] = [];
    for (const connection of (globalThis as ProbeWindow).parleyProbe.connections) {
      // The statistics of a closed connection no longer change.
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values() as Iterable<RTCInboundRtpStreamStats>) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        const { ssrc, totalAudioEnergy = 0, totalSamplesDuration = 0, packetsReceived = 0 } = report;
        found.push({
          ssrc,
          energy: totalAudioEnergy,
          seconds: totalSamplesDuration,
          packets: packetsReceived,
        });
      }
    }
    return found;
  });
}

/** Packets of sound that the page has sent so far, over all its connections. */
export function sentAudioPackets(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let packets = 0;
    for (const connection of (globalThis as ProbeWindow).parleyProbe.connections) {
      for (const report of (await connection.getStats()).values() as Iterable<RTCOutboundRtpStreamStats>) {
        if (report.type === 'outbound-rtp' && report.kind === 'audio') packets += report.packetsSent ?? 0;
      }
    }
    return packets;
  });
}

/** How many layers of its camera the page sends. */
export function sentLayers(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let layers = 0;
    for (const connection of (globalThis as ProbeWindow).parleyProbe.connections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values() as Iterable<RTCOutboundRtpStreamStats>) {
        if (report.type === 'outbound-rtp' && report.kind === 'video' && report.packetsSent) layers += 1;
      }
    }
    return layers;
  });
}

/** How many frames of pictures the page has received, or has encoded, so far. */
export function countFrames(page: Page, direction: 'received' | 'sent'): Promise<number> {
  return page.evaluate(async (wanted) => {
    let frames = 0;
    for (const connection of (globalThis as ProbeWindow).parleyProbe.connections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values() as Iterable<{
        type: string;
        framesReceived?: number;
        framesEncoded?: number;
      }>) {
        if (report.type === 'inbound-rtp' && wanted === 'received') frames += report.framesReceived ?? 0;
        if (report.type === 'outbound-rtp' && wanted === 'sent') frames += report.framesEncoded ?? 0;
      }
    }
    return frames;
  }, direction);
}

/** The figures that the page needs to know how busy its computer is, of those that this browser does not give. */
export function missingLoadFigures(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const needed: Record<string, string[]> = {
      'inbound-rtp': ['framesReceived', 'framesDecoded', 'framesDropped', 'totalDecodeTime', 'packetsLost'],
      'outbound-rtp': ['framesEncoded', 'totalEncodeTime', 'mid'],
      'media-source': ['frames', 'trackIdentifier'],
    };
    const given: Record<string, Set<string>> = {};
    for (const connection of (globalThis as ProbeWindow).parleyProbe.connections) {
      const stats = (await connection.getStats()).values() as Iterable<{ type: string; kind?: string }>;
      for (const stat of stats) {
        if (stat.kind !== 'video') continue;
        given[stat.type] = new Set([...(given[stat.type] ?? []), ...Object.keys(stat)]);
      }
    }
    return Object.entries(needed).flatMap(([type, names]) =>
      names.filter((name) => given[type]?.has(name) !== true).map((name) => `${type} ${name}`),
    );
  });
}

type LocalCandidate = { candidateType: string; protocol: string; relayProtocol?: string };

/** The path of the media of each open connection: `udp`, `tcp`, or `relay over` one of them. Connections without a path yet are left out. */
export function mediaPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const connection of (globalThis as ProbeWindow).parleyProbe.connections) {
      if (connection.connectionState === 'closed') continue;
      const stats = await connection.getStats();
      for (const transport of stats.values() as Iterable<RTCTransportStats>) {
        if (transport.type !== 'transport' || !transport.selectedCandidatePairId) continue;
        const pair = stats.get(transport.selectedCandidatePairId) as RTCIceCandidatePairStats;
        const local = stats.get(pair.localCandidateId) as LocalCandidate;
        paths.push(local.candidateType === 'relay' ? `relay over ${local.relayProtocol}` : local.protocol);
      }
    }
    return paths;
  });
}

export type FirstFrame = { name: string; afterJoinMs: number };

/** When the first frame of each tile was shown, in milliseconds after the press of Join. */
export async function firstFrames(page: Page): Promise<FirstFrame[]> {
  const { joinPressedAt, firstFrames } = await page.evaluate(() => {
    const { joinPressedAt, firstFrames } = (globalThis as ProbeWindow).parleyProbe;
    return { joinPressedAt, firstFrames };
  });
  if (joinPressedAt === null) throw new Error('Join was not pressed in this page');
  return firstFrames.map(({ name, at }) => ({ name, afterJoinMs: at - joinPressedAt }));
}

/** Makes every WebSocket of the page fail, as a network does that blocks them: each connects to a path without WebSockets. */
export function refuseWebSockets(): void {
  const NativeWebSocket = globalThis.WebSocket;
  globalThis.WebSocket = class extends NativeWebSocket {
    constructor(url: string | URL) {
      super(new URL('/no-websocket', url));
    }
  };
}

type LosingWindow = typeof globalThis & { parleyLoseSockets: () => void };

/** Lets `loseSockets` end the sockets of the page, and refuse others from then on. Everything else still reaches the server. */
export function installSocketLoss(): void {
  const opened: WebSocket[] = [];
  let lost = false;
  const NativeWebSocket = globalThis.WebSocket;
  globalThis.WebSocket = class extends NativeWebSocket {
    constructor(url: string | URL) {
      super(lost ? new URL('/no-websocket', url) : url);
      opened.push(this);
    }
  };
  const { value: open } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'open') as {
    value: (this: XMLHttpRequest, method: string, url: string | URL, isAsync: boolean) => void;
  };
  XMLHttpRequest.prototype.open = function openUnlessLost(
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
  ): void {
    open.call(this, method, lost ? '/no-polling' : url, true);
  };
  (globalThis as LosingWindow).parleyLoseSockets = () => {
    lost = true;
    for (const socket of opened) socket.close();
  };
}

/** The page has no socket any more, and opens none. It was opened with `installSocketLoss`. */
export function loseSockets(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as LosingWindow).parleyLoseSockets());
}

type Tone = { context: AudioContext; sender: RTCRtpSender; microphone: MediaStreamTrack };

/** From now on the page sends a steady tone of this volume, 0 to 1, in place of its microphone, which is on; null: its microphone again. */
export function sendTone(page: Page, volume: number | null): Promise<void> {
  return page.evaluate(async (wanted) => {
    const place = globalThis as ProbeWindow & { parleyTone?: Tone };
    const { parleyTone: before } = place;
    delete place.parleyTone;
    await before?.sender.replaceTrack(before.microphone);
    await before?.context.close();
    if (wanted === null) return;
    const open = place.parleyProbe.connections.filter(({ connectionState }) => connectionState !== 'closed');
    const sender = open
      .flatMap((connection) => connection.getSenders())
      .find(({ track }) => track?.kind === 'audio' && track.readyState === 'live');
    const microphone = sender?.track;
    if (!sender || !microphone) throw new Error('the page sends no sound');
    const context = new AudioContext();
    const gain = new GainNode(context, { gain: wanted });
    const end = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const source = new OscillatorNode(context, { frequency: 440 });
    source.connect(gain).connect(end);
    source.start();
    await sender.replaceTrack(end.stream.getAudioTracks()[0] ?? null);
    place.parleyTone = { context, sender, microphone };
  }, volume);
}
