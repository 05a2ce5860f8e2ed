import type { ConsumerId, PeerId, PeerRecord, PreferredLayers, ProducerId, Source } from '@parley/proto';
import { isVideo, layersFor, priorityFor, sameLayers } from './picture-layers.ts';
import { mergePictures, type Picture } from './picture.ts';
import { picturesToReceive, type PictureMode } from './picture-mode.ts';

/** The most voices that are received at the same time. With fewer in the room, every voice is received. */
export const AUDIO_MAX = 24;
/** The consumer of a picture that left the screen stays, paused, this long, because the picture may come back. */
export const VIDEO_LINGER_MS = 10_000;
/** Until the page has reported its pictures, this many are requested, so that the first pictures arrive early. */
export const GUESSED_PICTURES_MAX = 9;
const GUESSED_SIZE = { width: 480, height: 270 };

/** The present state of a consumer. */
export type Consumed = {
  consumerId: ConsumerId;
  producerId: ProducerId;
  paused: boolean;
  layers: PreferredLayers | null;
  priority: number | null;
  /** The time since which no picture needs this consumer; null while one does. */
  unwantedSince: number | null;
};

export type PlanInput = {
  /** The remote peers, in the order of joining. */
  peers: readonly PeerRecord[];
  /** null: the page has not reported its pictures yet. */
  pictures: readonly Picture[] | null;
  pictureMode: PictureMode;
  consumers: ReadonlyMap<ProducerId, Consumed>;
  /** Producers whose consumption failed recently. */
  refused: ReadonlySet<ProducerId>;
  /** Peers whose voice was heard, the latest first. */
  heard: readonly PeerId[];
  now: number;
};

export type WantedProducer = {
  producerId: ProducerId;
  peerId: PeerId;
  source: Source;
  layers: PreferredLayers | null;
  priority: number;
};

export type Plan = {
  create: WantedProducer[];
  resume: ConsumerId[];
  pause: ConsumerId[];
  close: ConsumerId[];
  setLayers: { consumerId: ConsumerId; preferredLayers: PreferredLayers; priority: number }[];
  /** All producers that should be received now, whether or not they have a consumer already. */
  wanted: ReadonlySet<ProducerId>;
  /** The time at which the next unwanted consumer must be closed; null: there is none. */
  nextDueAt: number | null;
};

/**
 * The changes that turn the present consumers into the wanted ones. Pure. After all changes of a plan, the next plan is
 * empty.
 */
export function planConsumption(input: PlanInput): Plan {
  const wanted = new Map(
    [...wantedAudio(input), ...wantedVideo(input)].map((item) => [item.producerId, item]),
  );
  const lists = { create: [], resume: [], pause: [], close: [], setLayers: [] };
  const plan: Plan = { ...lists, wanted: new Set(wanted.keys()), nextDueAt: null };
  const alive = new Set(input.peers.flatMap((peer) => peer.producers.map((producer) => producer.producerId)));
  for (const item of wanted.values()) planWanted(plan, input, item);
  for (const consumed of input.consumers.values()) {
    if (!wanted.has(consumed.producerId)) planUnwanted(plan, input, consumed, alive.has(consumed.producerId));
  }
  return plan;
}

function planWanted(plan: Plan, input: PlanInput, item: WantedProducer): void {
  const consumed = input.consumers.get(item.producerId);
  if (consumed === undefined) {
    if (!input.refused.has(item.producerId)) plan.create.push(item);
    return;
  }
  if (consumed.paused) plan.resume.push(consumed.consumerId);
  if (item.layers === null) return;
  const unchanged =
    consumed.layers !== null &&
    sameLayers(consumed.layers, item.layers) &&
    consumed.priority === item.priority;
  if (!unchanged)
    plan.setLayers.push({
      consumerId: consumed.consumerId,
      preferredLayers: item.layers,
      priority: item.priority,
    });
}

function planUnwanted(plan: Plan, input: PlanInput, consumed: Consumed, alive: boolean): void {
  const since = consumed.unwantedSince ?? input.now;
  const dueAt = since + VIDEO_LINGER_MS;
  if (!alive || dueAt <= input.now) {
    plan.close.push(consumed.consumerId);
    return;
  }
  if (!consumed.paused) plan.pause.push(consumed.consumerId);
  plan.nextDueAt = Math.min(plan.nextDueAt ?? dueAt, dueAt);
}

/**
 * At most AUDIO_MAX voices. If there are more, the order is: sound of screens, peers that spoke last, voices that have
 * a consumer, the order of joining. Muted voices come last.
 */
function wantedAudio(input: PlanInput): WantedProducer[] {
  const all = input.peers.flatMap((peer) =>
    peer.producers
      .filter((producer) => producer.kind === 'audio')
      .map((producer) => ({
        ...pick(producer),
        peerId: peer.peerId,
        layers: null,
        priority: 255,
        paused: producer.paused,
      })),
  );
  if (all.length <= AUDIO_MAX) return all;
  const heardAt = new Map(input.heard.map((peerId, index) => [peerId, index]));
  const rank = (item: (typeof all)[number]): number => {
    if (item.source === 'screen-audio') return 0;
    if (item.paused) return 3;
    return heardAt.has(item.peerId) ? 1 : 2;
  };
  return all
    .map((item, index) => ({ item, index }))
    .sort((a, b) => {
      const byRank = rank(a.item) - rank(b.item);
      if (byRank !== 0) return byRank;
      const byHeard = (heardAt.get(a.item.peerId) ?? all.length) - (heardAt.get(b.item.peerId) ?? all.length);
      if (byHeard !== 0) return byHeard;
      const held =
        Number(input.consumers.has(b.item.producerId)) - Number(input.consumers.has(a.item.producerId));
      return held === 0 ? a.index - b.index : held;
    })
    .slice(0, AUDIO_MAX)
    .map(({ item }) => item);
}

/** A paused camera sends nothing. If it has a consumer already, the consumer stays; otherwise none is made. */
function wantedVideo(input: PlanInput): WantedProducer[] {
  const peers = new Map(input.peers.map((peer) => [peer.peerId, peer]));
  const shown = mergePictures(input.pictures ?? guessPictures(input.peers));
  return picturesToReceive(shown, input.pictureMode).flatMap((picture) => {
    const producer = peers
      .get(picture.peerId)
      ?.producers.find((candidate) => candidate.source === picture.source);
    if (producer === undefined || (producer.paused && !input.consumers.has(producer.producerId))) return [];
    return [
      {
        ...pick(producer),
        peerId: picture.peerId,
        layers: layersFor(picture),
        priority: priorityFor(picture),
      },
    ];
  });
}

function guessPictures(peers: readonly PeerRecord[]): Picture[] {
  return peers
    .flatMap((peer) =>
      peer.producers.filter((producer) => isVideo(producer.source)).map((producer) => ({ peer, producer })),
    )
    .filter(({ producer }) => !producer.paused)
    .slice(0, GUESSED_PICTURES_MAX)
    .map(({ peer, producer }) => ({
      peerId: peer.peerId,
      source: producer.source === 'screen' ? 'screen' : 'camera',
      ...GUESSED_SIZE,
      important: false,
    }));
}

function pick(producer: { producerId: ProducerId; source: Source }): {
  producerId: ProducerId;
  source: Source;
} {
  return { producerId: producer.producerId, source: producer.source };
}
