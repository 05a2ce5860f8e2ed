import type { types } from 'mediasoup-client';
import { readStats } from '../base/read-stats.ts';
import type { ClientLog } from '../base/log.ts';
import type { ScreenContent } from '../screen/screen-content.ts';
import { screenEncoding, type SendSettings } from './encodings.ts';

type FrameStats = { type: string; frames?: number };
/** Not in the DOM types of TypeScript yet, and not in every browser. */
type CountedTrack = { readonly kind: string; readonly stats?: { readonly totalFrames?: number } };

/** Fits the encoder to what the shared screen shows. Does nothing for a source that has no `content`. */
export class ScreenTuning {
  readonly #log: ClientLog;
  /** null: the source is no screen. */
  content: ScreenContent | null = null;
  #tuned: { producer: types.Producer; content: ScreenContent } | null = null;

  constructor(log: ClientLog) {
    this.#log = log;
  }

  /** The settings to begin with. */
  settings(settings: SendSettings, track: MediaStreamTrack): SendSettings {
    if (this.content === null) return settings;
    const encoding = screenEncoding(this.content, track.getSettings().height);
    return { ...settings, encodings: (settings.encodings ?? [{}]).map((each) => ({ ...each, ...encoding })) };
  }

  async apply(producer: types.Producer): Promise<void> {
    const { content } = this;
    const { rtpSender: sender, track } = producer;
    if (content === null || sender === undefined || track === null) return;
    if (this.#tuned?.producer === producer && this.#tuned.content === content) return;
    this.#tuned = { producer, content };
    try {
      // Set on the RTP sender itself, because this change needs no new negotiation.
      const parameters = sender.getParameters();
      const encoding = screenEncoding(content, track.getSettings().height);
      for (const each of parameters.encodings) Object.assign(each, encoding);
      await sender.setParameters(parameters);
    } catch (error) {
      // The screen is shared all the same, with the limits that it has.
      this.#log('warn', 'screen not tuned', {
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** The frames that the screen has drawn, sent or not; null if the browser does not say. */
  async countFrames({ rtpSender: sender, track }: types.Producer): Promise<number | null> {
    const counted: CountedTrack | null = track;
    const drawn = counted?.stats?.totalFrames;
    if (drawn !== undefined) return drawn;
    const stats = await readStats<FrameStats>(sender);
    return stats.find(({ type }) => type === 'media-source')?.frames ?? null;
  }
}
