import type { RoomCode } from '@parley/proto/ids';
import type { RoomSettings, RoomSettingsChange } from '@parley/proto/room';
import { asFailure, type CallError } from '../call/base/call-failure.ts';
import { ObservableState } from '../call/base/observable-state.ts';
import type { RestClient } from '../call/base/rest-client.ts';
import { appliedSettings } from './applied-settings.ts';

export type RoomDraft = { readonly title: string; readonly settings: RoomSettings };
export type RoomChange = { title?: string; settings?: RoomSettingsChange };

export type RoomEditorState = RoomDraft & {
  readonly status: 'idle' | 'saving' | 'saved' | 'failed';
  /** Why the last change was not saved. */
  readonly error: CallError | null;
};

type RoomEditorOptions = { rest: Pick<RestClient, 'call'>; code: RoomCode; room: RoomDraft };

/**
 * Changes a room for the person who leads it. A change shows at once and is saved after those before it; if that fails, what the server
 * has shows again.
 */
export class RoomEditor {
  readonly #options: RoomEditorOptions;
  readonly #state: ObservableState<RoomEditorState>;
  /** What the server has, as far as is known. */
  #stored: RoomDraft;
  #unsaved: RoomChange[] = [];
  #saving = false;

  constructor(options: RoomEditorOptions) {
    const { title, settings } = options.room;
    this.#options = options;
    this.#stored = { title, settings };
    this.#state = new ObservableState<RoomEditorState>({ title, settings, status: 'idle', error: null });
  }

  getState(): RoomEditorState {
    return this.#state.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** The room changed elsewhere, for example in the call. */
  receive({ title, settings }: RoomDraft): void {
    this.#stored = { title, settings };
    this.#show({});
  }

  /** Never rejects: the state has the error. */
  async change(change: RoomChange): Promise<void> {
    this.#unsaved.push(change);
    this.#show({ status: 'saving', error: null });
    if (this.#saving) return;
    this.#saving = true;
    while (this.#unsaved[0] !== undefined) await this.#save(this.#unsaved[0]);
    this.#saving = false;
    if (this.getState().error === null) this.#show({ status: 'saved' });
  }

  async #save(change: RoomChange): Promise<void> {
    const { rest, code } = this.#options;
    try {
      const { title, settings } = await rest.call('changeRoom', { params: { code }, body: change });
      this.#stored = { title, settings };
      this.#unsaved.shift();
      this.#show({});
    } catch (error) {
      // The changes after the failed one were made for a room that does not exist now.
      this.#unsaved = [];
      this.#show({ status: 'failed', error: asFailure(error).toError() });
    }
  }

  #show(patch: Partial<RoomEditorState>): void {
    const shown = this.#unsaved.reduce<RoomDraft>(
      ({ title, settings }, change) => ({
        title: change.title ?? title,
        settings: appliedSettings(settings, change.settings ?? {}),
      }),
      this.#stored,
    );
    this.#state.update({ ...shown, ...patch });
  }
}
