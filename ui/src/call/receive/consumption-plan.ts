import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { PreferredLayers, Source } from '@parley/proto/rtp';
import { isVideo, layersFor, priorityFor, sameLayers } from './picture-layers.ts';
import { mergePictures, type Picture } from './picture.ts';
import { picturesToReceive, type PictureLimits } from './picture-mode.ts';

/**
 * The consumers of sound that are kept, unless the room forwards more voices. Those that the room holds back cost nothing, and are heard at once when it forwards them.
 */
export const AUDIO_MAX = 24;
/** The consumer of a picture that left the screen stays, paused, this long, because the picture may come back. */
export const VIDEO_LINGER_MS = 10_000;
/** What somebody sent from another media node goes on this long, at most, until what they send from the next one has begun. */
export const REPLACED_WITHIN_MS = 3_000;
/** And then so long beside it, because the page needs a moment to show what is new. */
export const BESIDE_MS = 1_000;
/** How often it is looked whether that has begun. */
const REPLACED_LOOK_MS = 200;
/** Until the page has reported its pictures, this many are requested, so that the first pictures arrive early. */
export const GUESSED_PICTURES_MAX = 9;
/** Two who talk with each other both have priority, which then does not change with each of their sentences. */
export const PRIOR_SPEAKERS_MAX = 2;
const GUESSED_SIZE = { width: 480, height: 270 };

/** The present state of a consumer. */
export type Consumed = {
  consumerId: ConsumerId;
  producerId: ProducerId;
  peerId: PeerId;
  source: Source;
  paused: boolean;
  layers: PreferredLayers | null;
  priority: number | null;
  /** The time since which no picture needs this consumer; null while one does. */
  unwantedSince: number | null;
  /** The time by which it had brought something; null: nothing yet. */
  begunAt: number | null;
};

export type PlanInput = {
  /** The remote peers, in the order of joining. */
  peers: readonly PeerRecord[];
  /** null: the page has not reported its pictures yet. */
  pictures: readonly Picture[] | null;
  limits: PictureLimits;
  consumers: ReadonlyMap<ProducerId, Consumed>;
  /** Producers whose consumption failed recently. */
  refused: ReadonlySet<ProducerId>;
  /** The microphones that the room forwards; null: all of them. */
  forwarded: ReadonlySet<ProducerId> | null;
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
  /** The producers that are received now, or would be if somebody saw the page, whether or not they have a consumer already. */
  needed: ReadonlySet<ProducerId>;
  /** The time at which the next unwanted consumer must be closed, or be looked at again; null: there is none. */
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
  const awaited = awaitedVideo(input);
  const lists = { create: [], resume: [], pause: [], close: [], setLayers: [] };
  const plan: Plan = { ...lists, needed: new Set([...wanted.keys(), ...awaited]), nextDueAt: null };
  const alive = new Set(input.peers.flatMap((peer) => peer.producers.map((producer) => producer.producerId)));
  for (const item of wanted.values()) planWanted(plan, input, item);
  for (const consumed of input.consumers.values()) {
    if (wanted.has(consumed.producerId)) continue;
    const successor = alive.has(consumed.producerId) ? undefined : successorOf(input, consumed);
    if (awaited.has(consumed.producerId)) planAwaited(plan, consumed);
    else if (successor !== undefined && wanted.has(successor)) planReplaced(plan, input, consumed, successor);
    else planUnwanted(plan, input, consumed, alive.has(consumed.producerId));
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

/** The consumer stays, paused, however long that takes: when the page is seen again, its picture comes back at once. */
function planAwaited(plan: Plan, consumed: Consumed): void {
  if (!consumed.paused) plan.pause.push(consumed.consumerId);
}

/** The producer of the same peer and source that has taken the place of this one, if it sends. */
function successorOf({ peers }: PlanInput, { peerId, source }: Consumed): ProducerId | undefined {
  const producers = peers.find((peer) => peer.peerId === peerId)?.producers ?? [];
  return producers.find((producer) => producer.source === source && !producer.paused)?.producerId;
}

/** A peer that moves to another media node sends over both for a while: the former goes on until the next is shown, so that nobody notices. */
function planReplaced(plan: Plan, input: PlanInput, consumed: Consumed, successor: ProducerId): void {
  const begunAt = input.consumers.get(successor)?.begunAt ?? null;
  const dueAt =
    begunAt === null ? (consumed.unwantedSince ?? input.now) + REPLACED_WITHIN_MS : begunAt + BESIDE_MS;
  if (consumed.paused || dueAt <= input.now) {
    plan.close.push(consumed.consumerId);
    return;
  }
  const lookAt = Math.min(dueAt, input.now + REPLACED_LOOK_MS);
  plan.nextDueAt = Math.min(plan.nextDueAt ?? lookAt, lookAt);
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

type WantedVoice = WantedProducer & { paused: boolean; handUp: boolean };

/**
 * Everything that the room forwards, and other voices up to AUDIO_MAX. If there are more, the order is: sound of screens, forwarded voices, raised hands, peers that spoke
 * last, voices that have a consumer, the order of joining. Muted voices come last.
 */
function wantedAudio(input: PlanInput): WantedProducer[] {
  const all = input.peers.flatMap((peer) =>
    peer.producers
      .filter((producer) => producer.kind === 'audio')
      .map((producer): WantedVoice => ({
        ...pick(producer),
        peerId: peer.peerId,
        layers: null,
        priority: 255,
        paused: producer.paused,
        handUp: peer.handRaisedAt !== null,
      })),
  );
  if (all.length <= AUDIO_MAX) return all;
  const heardAt = new Map(input.heard.map((peerId, index) => [peerId, index]));
  const ranked = all.map((item, index) => ({ item, index, rank: rankVoice(item, input, heardAt) }));
  const needed = ranked.filter(({ rank }) => rank <= RANK_FORWARDED).length;
  return ranked
    .sort((a, b) => {
      if (a.rank !== b.rank) return a.rank - b.rank;
      const byHeard = (heardAt.get(a.item.peerId) ?? all.length) - (heardAt.get(b.item.peerId) ?? all.length);
      if (byHeard !== 0) return byHeard;
      const held =
        Number(input.consumers.has(b.item.producerId)) - Number(input.consumers.has(a.item.producerId));
      return held === 0 ? a.index - b.index : held;
    })
    .slice(0, Math.max(AUDIO_MAX, needed))
    .map(({ item }) => item);
}

const RANK_FORWARDED = 1;

function rankVoice(
  { producerId, peerId, source, paused, handUp }: WantedVoice,
  { forwarded }: PlanInput,
  heardAt: ReadonlyMap<PeerId, number>,
): number {
  if (source === 'screen-audio') return 0;
  if (forwarded?.has(producerId) === true) return RANK_FORWARDED;
  if (handUp) return 2;
  if (paused) return 5;
  return heardAt.has(peerId) ? 3 : 4;
}

/** A paused camera sends nothing. If it has a consumer already, the consumer stays; otherwise none is made. */
function wantedVideo(input: PlanInput): WantedProducer[] {
  const peers = new Map(input.peers.map((peer) => [peer.peerId, peer]));
  const shown = mergePictures(input.pictures ?? guessPictures(input.peers));
  const heard = input.heard.filter((peerId) => peers.has(peerId));
  const speakers = new Set(heard.slice(0, PRIOR_SPEAKERS_MAX));
  return picturesToReceive(shown, input.limits, heard).flatMap((picture) => {
    const producer = peers
      .get(picture.peerId)
      ?.producers.find((candidate) => candidate.source === picture.source);
    if (producer === undefined || (producer.paused && !input.consumers.has(producer.producerId))) return [];
    return [
      {
        ...pick(producer),
        peerId: picture.peerId,
        layers: layersFor(picture),
        priority: priorityFor(picture, speakers.has(picture.peerId)),
      },
    ];
  });
}

/**
 * What is not received only because nobody sees the page. Out of sight no picture gets a consumer, so where their number is limited, only those
 * that have one compete: otherwise each new speaker would cost another one its consumer.
 */
function awaitedVideo(input: PlanInput): ReadonlySet<ProducerId> {
  if (!input.limits.outOfSight) return new Set();
  const consumed = new Set(
    input.peers.flatMap(({ peerId, producers }) =>
      producers
        .filter((item) => input.consumers.has(item.producerId))
        .map(({ source }) => `${peerId} ${source}`),
    ),
  );
  const pictures = (input.pictures ?? guessPictures(input.peers)).filter(({ peerId, source }) =>
    consumed.has(`${peerId} ${source}`),
  );
  const inSight = wantedVideo({ ...input, pictures, limits: { ...input.limits, outOfSight: false } });
  return new Set(inSight.map(({ producerId }) => producerId));
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
