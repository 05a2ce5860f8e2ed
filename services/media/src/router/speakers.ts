import { EventEmitter } from 'node:events';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import { mapMediasoupErrors } from './mediasoup-errors.ts';

/** `volume` is in dBov, -127 to 0. */
type Speaker = { peerId: PeerId; producerId: ProducerId; volume: number };

/** `speakers` begins with the loudest and is empty in silence. */
export type SpeakersState = { speakers: readonly Speaker[]; dominantPeerId: PeerId | undefined };

type SpeakersEvents = { changed: [SpeakersState] };

const INTERVAL_MS = 250;
const MAX_SPEAKERS = 8;
/** Breathing and fans stay below this level. */
const THRESHOLD_DBOV = -65;

/** The active speakers of a room and the dominant one of them. */
export class Speakers extends EventEmitter<SpeakersEvents> {
  readonly #levels: types.AudioLevelObserver;
  readonly #leaders: types.ActiveSpeakerObserver;
  readonly #peers = new Map<string, PeerId>();
  #state: SpeakersState = { speakers: [], dominantPeerId: undefined };

  static async create(router: types.Router): Promise<Speakers> {
    const [levels, leaders] = await mapMediasoupErrors(
      Promise.all([
        router.createAudioLevelObserver({
          interval: INTERVAL_MS,
          maxEntries: MAX_SPEAKERS,
          threshold: THRESHOLD_DBOV,
        }),
        router.createActiveSpeakerObserver({ interval: INTERVAL_MS }),
      ]),
    );
    return new Speakers(levels, leaders);
  }

  private constructor(levels: types.AudioLevelObserver, leaders: types.ActiveSpeakerObserver) {
    super();
    // Each link to another node listens.
    this.setMaxListeners(0);
    this.#levels = levels;
    this.#leaders = leaders;
    levels.on('volumes', (volumes) => this.#handleVolumes(volumes));
    levels.on('silence', () => this.#setState({ ...this.#state, speakers: [] }));
    leaders.on('dominantspeaker', ({ producer }) => {
      const dominantPeerId = this.#peers.get(producer.id);
      if (dominantPeerId !== undefined) this.#setState({ ...this.#state, dominantPeerId });
    });
  }

  get state(): SpeakersState {
    return this.#state;
  }

  close(): void {
    this.#levels.close();
    this.#leaders.close();
    this.#peers.clear();
    this.removeAllListeners();
  }

  /** mediasoup's observers drop a producer when it closes; `remove` drops what this object keeps of it. */
  async add(peerId: PeerId, producerId: ProducerId): Promise<void> {
    this.#peers.set(producerId, peerId);
    const observed = { producerId };
    await mapMediasoupErrors(
      Promise.all([this.#levels.addProducer(observed), this.#leaders.addProducer(observed)]),
    );
  }

  remove(producerId: ProducerId): void {
    const peerId = this.#peers.get(producerId);
    if (peerId === undefined) return;
    this.#peers.delete(producerId);
    const speakers = this.#state.speakers.filter((speaker) => speaker.producerId !== producerId);
    const { dominantPeerId } = this.#state;
    if (dominantPeerId === peerId) this.#setState({ speakers, dominantPeerId: undefined });
    else if (speakers.length < this.#state.speakers.length) this.#setState({ speakers, dominantPeerId });
  }

  #handleVolumes(volumes: types.AudioLevelObserverVolume[]): void {
    const speakers = volumes.flatMap(({ producer, volume }) => {
      const peerId = this.#peers.get(producer.id);
      return peerId === undefined ? [] : { peerId, producerId: producer.id as ProducerId, volume };
    });
    this.#setState({ ...this.#state, speakers });
  }

  #setState(state: SpeakersState): void {
    this.#state = state;
    this.emit('changed', state);
  }
}
