import { LatestThrottle } from '../router/latest-throttle.ts';
import type { SpeakersState } from '../router/speakers.ts';
import type { OwnVoices, ReportedVoice } from './own-voices.ts';

/** A router of this node, as links report of it. */
export interface ReportedRouter {
  readonly id: string;
  readonly speakers: {
    readonly state: SpeakersState;
    on(event: 'changed', listener: (state: SpeakersState) => void): unknown;
    off(event: 'changed', listener: (state: SpeakersState) => void): unknown;
  };
}

/** The same from each end of a link. */
type RouterMessage =
  | { voices: { voices: ReportedVoice[] } }
  | {
      speakers: { speakers: SpeakersState['speakers'][number][]; dominantPeerId?: string };
    };

/** As levels are reported. */
const SPEAKERS_INTERVAL_MS = 250;

/**
 * Says to the other end of a link what is heard on the router at this one: which microphones are open, and who speaks. Nobody there may consume any of them
 * yet: a room of many microphones asks only for those that it has heard of.
 */
export class RouterReport {
  readonly #router: ReportedRouter;
  readonly #voices: OwnVoices;
  readonly #write: (message: RouterMessage) => void;
  readonly #speakers: LatestThrottle<SpeakersState>;
  readonly #onSpeakers = (state: SpeakersState): void => this.#speakers.push(state);
  readonly #onVoice = (routerId: string, voice: ReportedVoice): void => {
    if (routerId === this.#router.id) this.#write({ voices: { voices: [voice] } });
  };

  constructor(router: ReportedRouter, voices: OwnVoices, write: (message: RouterMessage) => void) {
    this.#router = router;
    this.#voices = voices;
    this.#write = write;
    this.#speakers = new LatestThrottle(SPEAKERS_INTERVAL_MS, (state) => this.#writeSpeakers(state));
    write({ voices: { voices: voices.of(router.id) } });
    voices.on('changed', this.#onVoice);
    router.speakers.on('changed', this.#onSpeakers);
    this.#speakers.push(router.speakers.state);
  }

  close(): void {
    this.#speakers.close();
    this.#voices.off('changed', this.#onVoice);
    this.#router.speakers.off('changed', this.#onSpeakers);
  }

  #writeSpeakers({ speakers, dominantPeerId }: SpeakersState): void {
    const message = { speakers: [...speakers] };
    this.#write({ speakers: dominantPeerId === undefined ? message : { ...message, dominantPeerId } });
  }
}
