import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { SpeakersState } from '../router/speakers.ts';
import type { RoomSpeakers } from '../speakers/room-speakers.ts';
import type { RoomVoices } from '../speakers/room-voices.ts';
import type { ReportedVoice } from './own-voices.ts';

export type HeardRoutersOptions = {
  voices: Pick<RoomVoices, 'unmuted' | 'remove' | 'hasHandUp' | 'setHand'>;
  speakers: Pick<RoomSpeakers, 'add' | 'remove'>;
  /** Whether the peer is on this node. It may have come from the other one a moment ago. */
  isHere: (peerId: PeerId) => boolean;
  /** Whether the producer is of this node. */
  isOwn: (producerId: ProducerId) => boolean;
};

/** More microphones than one router of a room has. */
const VOICES_MAX = 1_024;
const NO_SPEAKERS: SpeakersState = { speakers: [], dominantPeerId: undefined };

/** What one link reports of the router at its other end. Close it with the link, after the consumers of what the link carried. */
export interface Hearing {
  setSpeakers(state: SpeakersState): void;
  /** Throws `rate_limited` if there are too many. */
  setVoices(voices: readonly ReportedVoice[]): void;
  close(): void;
}

type RouterHearing = { speakers: SpeakersState | undefined; readonly voices: Set<ProducerId> };
type HeardVoice = {
  readonly peerId: PeerId;
  readonly by: Set<RouterHearing>;
  handRaised: boolean;
};

/** A router of another node. All links to it and from it report the same, so the first that has reported is enough. */
class HeardRouter extends EventEmitter<{ changed: [] }> {
  readonly hearings = new Set<RouterHearing>();

  get state(): SpeakersState {
    for (const { speakers } of this.hearings) if (speakers !== undefined) return speakers;
    return NO_SPEAKERS;
  }
}

/** The speakers and the open microphones on routers of other nodes, as links report them. Nothing of them needs to be carried. */
export class HeardRouters {
  readonly #options: HeardRoutersOptions;
  readonly #routers = new Map<string, HeardRouter>();
  readonly #voices = new Map<ProducerId, HeardVoice>();

  constructor(options: HeardRoutersOptions) {
    this.#options = options;
  }

  /** For one link. */
  hear(routerId: string): Hearing {
    const router = this.#routers.get(routerId) ?? this.#add(routerId);
    const hearing: RouterHearing = { speakers: undefined, voices: new Set() };
    router.hearings.add(hearing);
    return {
      setSpeakers: (state) => {
        if (!router.hearings.has(hearing)) return;
        hearing.speakers = state;
        router.emit('changed');
      },
      setVoices: (voices) => {
        if (!router.hearings.has(hearing)) return;
        for (const voice of voices) this.#setVoice(hearing, voice);
      },
      close: () => this.#end(routerId, router, hearing),
    };
  }

  /** Call it when a peer of this node has left. It may be on another one by now. */
  peerLeft(peerId: PeerId): void {
    this.#applyHand(peerId);
  }

  #add(routerId: string): HeardRouter {
    const router = new HeardRouter();
    this.#routers.set(routerId, router);
    this.#options.speakers.add(router);
    return router;
  }

  #end(routerId: string, router: HeardRouter, hearing: RouterHearing): void {
    if (!router.hearings.delete(hearing)) return;
    for (const producerId of hearing.voices) this.#forget(hearing, producerId);
    if (router.hearings.size > 0) {
      router.emit('changed');
      return;
    }
    this.#routers.delete(routerId);
    this.#options.speakers.remove(router);
    router.removeAllListeners();
  }

  #setVoice(hearing: RouterHearing, report: ReportedVoice): void {
    const { producerId, peerId, open, handRaised, openForMs } = report;
    if (!open) return this.#forget(hearing, producerId);
    if (this.#options.isOwn(producerId)) return;
    if (hearing.voices.size >= VOICES_MAX) throw new ParleyError('rate_limited');
    const voice = this.#voices.get(producerId) ?? { peerId, by: new Set(), handRaised };
    voice.by.add(hearing);
    voice.handRaised = handRaised;
    hearing.voices.add(producerId);
    this.#voices.set(producerId, voice);
    if (handRaised || this.#options.voices.hasHandUp(peerId)) this.#applyHand(peerId);
    this.#options.voices.unmuted(peerId, producerId, openForMs);
  }

  #forget(hearing: RouterHearing, producerId: ProducerId): void {
    hearing.voices.delete(producerId);
    const voice = this.#voices.get(producerId);
    if (voice === undefined || !voice.by.delete(hearing) || voice.by.size > 0) return;
    this.#voices.delete(producerId);
    this.#options.voices.remove(producerId);
    if (voice.handRaised) this.#applyHand(voice.peerId);
  }

  /** Of a peer that is here, its own node knows. */
  #applyHand(peerId: PeerId): void {
    const { isHere, voices } = this.#options;
    if (isHere(peerId)) return;
    const raised = [...this.#voices.values()].some((voice) => voice.peerId === peerId && voice.handRaised);
    voices.setHand(peerId, raised);
  }
}
