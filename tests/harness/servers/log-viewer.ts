import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import httpProxy from 'http-proxy-3';
import type { Page } from 'playwright-core';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { freePorts, waitFor } from '@parley/common/testing';

const OPERATOR_PASSWORD = 'correct horse battery';

const START_TIMEOUT_MS = 60_000;

/** The log viewer as a process of its own, with a folder of logs that the test writes. */
export class TestLogViewer {
  readonly directory = mkdtempSync(join(tmpdir(), 'parley-logs-'));
  readonly origin: string;
  readonly #child: ChildProcess;

  static async start(): Promise<TestLogViewer> {
    const port = await freePorts(2);
    const viewer = new TestLogViewer(port);
    const url = `http://127.0.0.1:${port + 1}/readyz`;
    await waitFor(
      () =>
        fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
      { what: 'the log viewer to be ready', timeoutMs: START_TIMEOUT_MS },
    );
    return viewer;
  }

  private constructor(port: number) {
    this.origin = `http://127.0.0.1:${port}`;
    const main = join(ROOT, 'services', 'logs', 'src', 'main.ts');
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // A viewer with another LOG_LEVEL would write log lines of its own between those of the test.
      env: {
        LOG_LEVEL: 'silent',
        LOG_DIR: this.directory,
        LOGS_PORT: String(port),
        LOGS_ADMIN_PORT: String(port + 1),
        LOGS_PASSWORD: OPERATOR_PASSWORD,
        LOGS_SESSION_SECRET: 's'.repeat(32),
      },
    });
  }

  /** Appends a line as a service writes it. */
  write(service: string, fields: Readonly<Record<string, unknown>>, time = Date.now()): void {
    const { level = 'info', ...more } = fields;
    const line = { level, time: new Date(time).toISOString(), service, pid: 1, ...more };
    this.writeText(service, JSON.stringify(line));
  }

  writeText(service: string, ...lines: readonly string[]): void {
    const path = join(this.directory, service, `${service}-1.ndjson`);
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** An edge that serves the viewer under a path of its own, as nginx does. */
export class PrefixProxy {
  readonly origin: string;
  readonly #server: Server;

  static async start(target: string, prefix: string): Promise<PrefixProxy> {
    const proxy = httpProxy.createProxyServer({ target });
    const server = createServer((request, response) => {
      if (!request.url?.startsWith(prefix)) return void response.writeHead(404).end();
      request.url = request.url.slice(prefix.length - 1);
      proxy.web(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new PrefixProxy(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The services of the lines of one join, in the order of the alphabet. What comes first depends on the person: the lobby asks the door before Join is pressed. */
export const SERVICES_OF_A_JOIN = ['browser', 'gateway', 'media', 'signaling'];

/** The page of the log viewer, as an operator uses it. */
export class LogsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async logIn(password = OPERATOR_PASSWORD): Promise<void> {
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Log in' }).click();
    await this.page.getByRole('status').filter({ hasText: /\d/ }).waitFor();
  }

  get lines() {
    return this.page.locator('.line');
  }

  /** The messages that are shown, from top to bottom. */
  messages(): Promise<string[]> {
    return this.page.locator('.line .message').allTextContents();
  }

  shows(...expected: readonly string[]): Promise<void> {
    return this.showsLines(`the lines ${expected.join(', ')}`, expected);
  }

  async showsLines(what: string, expected: readonly string[]): Promise<void> {
    const is = async () => (await this.messages()).join('|') === expected.join('|');
    const describe = async () => {
      const messages = await this.messages();
      return { count: messages.length, first: messages[0], last: messages.at(-1) };
    };
    await waitFor(is, { what, describe });
  }
}
