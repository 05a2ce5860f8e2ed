import type { ComponentType } from 'react';
import type { Panel } from '../../arrangement/arrangement.ts';
import { backoffMs } from '../../call/base/time/backoff.ts';
import { pause } from '../../call/base/time/deadline.ts';

export type PanelLoaders = Record<Panel, () => Promise<ComponentType>>;

const LOADERS: PanelLoaders = {
  chat: async () => (await import('../chat/chat-panel.tsx')).ChatPanel,
  people: async () => (await import('../people/people-panel.tsx')).PeoplePanel,
  statistics: async () => (await import('../statistics/statistics-panel.tsx')).StatisticsPanel,
};

/** The code of the panels, which no call needs before its first picture. */
export class PanelCode {
  readonly #loaders: PanelLoaders;
  readonly #loaded = new Map<Panel, ComponentType>();
  readonly #loading = new Set<Panel>();
  readonly #listeners = new Set<() => void>();

  constructor(loaders: PanelLoaders) {
    this.#loaders = loaders;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Null until it is loaded. */
  find(panel: Panel): ComponentType | null {
    return this.#loaded.get(panel) ?? null;
  }

  /** Loads it, again and again if the network is away: somebody may look at the panel already. */
  load(panel: Panel): void {
    if (this.#loaded.has(panel) || this.#loading.has(panel)) return;
    this.#loading.add(panel);
    void this.#loadUntilDone(panel);
  }

  loadAll(): void {
    for (const panel of Object.keys(this.#loaders) as Panel[]) this.load(panel);
  }

  async #loadUntilDone(panel: Panel): Promise<void> {
    for (let attempt = 0; !this.#loaded.has(panel); attempt += 1) {
      try {
        this.#loaded.set(panel, await this.#loaders[panel]());
      } catch {
        await pause(backoffMs(attempt));
      }
    }
    this.#loading.delete(panel);
    for (const listener of this.#listeners) listener();
  }
}

export const panelCode = new PanelCode(LOADERS);
