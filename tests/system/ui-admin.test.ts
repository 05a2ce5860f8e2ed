import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Steps } from '../../scripts/lib/steps.mjs';
import { ensureUiBuild } from '../../scripts/lib/ui-build.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { freePorts, waitFor } from '@parley/common/testing';

const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');

describe('the server of the pages', () => {
  let build: string;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    build = await ensureUiBuild(new Steps());
  }, 240_000);
  afterEach(() => {
    child?.kill('SIGKILL');
  });

  /** Starts `next start` alone, with or without an admin port. */
  async function start(
    withAdmin: boolean,
    given: Record<string, string> = {},
  ): Promise<{ pages: string; admin: string }> {
    const first = await freePorts(2);
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      UI_BUILD_DIR: build,
      ...given,
      ...(withAdmin ? { UI_ADMIN_PORT: String(first + 1) } : {}),
    };
    const args = [NEXT, 'start', '--port', String(first), '--hostname', '127.0.0.1'];
    child = spawn(process.execPath, args, { cwd: join(ROOT, 'ui'), env, stdio: 'ignore' });
    const pages = `http://127.0.0.1:${first}`;
    await waitFor(async () => (await answer(`${pages}/`)).status === 200, { what: 'the pages' });
    return { pages, admin: `http://127.0.0.1:${first + 1}` };
  }

  test('reports that it is alive and ready, and counts its answers by kind and never by path', async () => {
    const { pages, admin } = await start(true);
    expect(await (await fetch(`${admin}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${admin}/readyz`)).json()).toEqual({ status: 'ready', failed: [] });
    await fetch(`${pages}/r/abcd-efgh-jkm`);
    const [file] = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(pages)).text()) ?? [];
    expect((await fetch(`${pages}${file}`)).status).toBe(200);
    const read = async () => (await fetch(`${admin}/metrics`)).text();
    const isCounted = (text: string, kind: string) =>
      new RegExp(`parley_ui_request_seconds_count\\{.*kind="${kind}",status="2xx"\\} [1-9]`).test(text);
    await waitFor(
      async () => {
        const text = await read();
        return isCounted(text, 'page') && isCounted(text, 'file');
      },
      { what: 'a page and a file to be counted' },
    );
    const metrics = await read();
    expect(metrics).toContain('nodejs_eventloop_lag_seconds');
    expect(metrics).not.toContain('abcd-efgh-jkm');
    expect((await fetch(`${admin}/other`)).status).toBe(404);
    expect((await fetch(`${admin}/metrics`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${pages}/metrics`)).status).toBe(404);
  });

  test('has no admin server if no port is set', async () => {
    const { admin } = await start(false);
    await expect(fetch(`${admin}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('lets no other site show a page in a frame, or only the listed ones', async () => {
    const framing = async (given: Record<string, string>) => {
      const { headers } = await fetch((await start(false, given)).pages);
      child?.kill('SIGKILL');
      const [, parents] = /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '') ?? [];
      return [parents, headers.get('x-frame-options')];
    };
    expect(await framing({ EMBED_ORIGINS: '' })).toEqual(["'none'", 'DENY']);
    const sites = 'https://www.example.org, https://*.example.com';
    expect(await framing({ EMBED_ORIGINS: sites })).toEqual([sites.replace(',', ''), null]);
  });

  test('sends no code of its admin server to browsers', () => {
    const folder = join(ROOT, 'ui', build, 'static');
    const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('parley_ui_');
  });
});

async function answer(url: string): Promise<{ status: number }> {
  return fetch(url).catch(() => ({ status: 0 }));
}
