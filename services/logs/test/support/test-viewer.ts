import { createMetrics } from '@parley/common/service';
import { silentLogger } from '@parley/common/testing';
import type { Registry } from 'prom-client';
import { LogViewer } from '../../src/log-viewer.ts';
import type { WireLine } from '../../src/lines/log-line.ts';
import { LogsMetrics } from '../../src/http/metrics.ts';
import { LogFixture, ROOM_KEY } from './log-fixture.ts';

export const PASSWORD = 'correct horse battery';

export type PageEvent = {
  progress?: { searchedBytes: number; totalBytes: number };
  lines?: WireLine[];
  end?: { next: string | null; progress: { searchedBytes: number; totalBytes: number } };
};

/** Sends what the browser of an operator sends. */
export class ViewerClient {
  readonly origin: string;
  cookie = '';

  constructor(port: number) {
    this.origin = `http://127.0.0.1:${port}`;
  }

  async logIn(password = PASSWORD): Promise<Response> {
    const response = await this.post('/login', new URLSearchParams({ password }));
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    return response;
  }

  post(path: string, body: URLSearchParams, headers: Record<string, string> = {}): Promise<Response> {
    return this.request(path, { method: 'POST', body, headers });
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== '') headers.set('cookie', this.cookie);
    return fetch(`${this.origin}${path}`, { redirect: 'manual', ...init, headers });
  }

  async events(query: Record<string, string>): Promise<PageEvent[]> {
    const response = await this.request(`/api/lines?${new URLSearchParams(query).toString()}`);
    if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return text
      .trimEnd()
      .split('\n')
      .map((part) => JSON.parse(part) as PageEvent);
  }

  async page(query: Record<string, string> = {}): Promise<{ lines: WireLine[]; next: string | null }> {
    const events = await this.events(query);
    const { end } = events.at(-1) ?? {};
    if (end === undefined) throw new Error('the page has no end');
    return { lines: events.flatMap(({ lines }) => lines ?? []), next: end.next };
  }
}

/** A log viewer in this process, with a folder of logs that the test writes. */
export class TestViewer {
  readonly logs: LogFixture;
  readonly client: ViewerClient;
  readonly #viewer: LogViewer;
  readonly #registry: Registry;

  static async start({ proxyHops = 0 } = {}): Promise<TestViewer> {
    const logs = new LogFixture();
    const { registry } = createMetrics('logs');
    const viewer = await LogViewer.create({
      host: '127.0.0.1',
      port: 0,
      directory: logs.directory,
      password: PASSWORD,
      loginSecret: 's'.repeat(32),
      roomKey: ROOM_KEY,
      proxyHops,
      metrics: new LogsMetrics(registry),
      logger: silentLogger,
    });
    return new TestViewer(logs, viewer, registry);
  }

  private constructor(logs: LogFixture, viewer: LogViewer, registry: Registry) {
    this.logs = logs;
    this.client = new ViewerClient(viewer.port);
    this.#viewer = viewer;
    this.#registry = registry;
  }

  /** Every route of the server, as method and path. */
  get routes(): readonly string[] {
    return this.#viewer.routes;
  }

  /** All metrics in the text format of Prometheus. */
  metrics(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): Promise<void> {
    return this.#viewer.close();
  }

  async stop(): Promise<void> {
    await this.close();
    this.logs.remove();
  }
}
