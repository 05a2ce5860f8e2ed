import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { dashboardQueries, readDashboards, type Panel } from '../../tests/harness/records/dashboards.ts';
import { MODERN_NODE, ROOT } from '../lib/paths.mjs';
import { renderMetricsDocument } from '../docs/metrics-page.ts';
import { metricsCatalog } from '../docs/metrics-catalog.ts';

const PROMETHEUS = join(ROOT, 'monitoring', 'prometheus');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

type Rule = {
  record?: string;
  alert?: string;
  expr: string;
  labels?: { severity?: string };
  annotations?: Record<string, string>;
};

const rules = readdirSync(join(PROMETHEUS, 'rules')).flatMap((file) => {
  const { groups } = parse(read(`monitoring/prometheus/rules/${file}`)) as { groups: { rules: Rule[] }[] };
  return groups.flatMap((group) => group.rules);
});
const alerts = rules.filter((rule) => rule.alert !== undefined);

function promtool(...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, {
    cwd: PROMETHEUS,
    encoding: 'utf8',
  });
  if (error) throw new Error('promtool is needed: it comes with the package prometheus', { cause: error });
  return { status, output: stdout + stderr };
}

function files(folder: string): string[] {
  return readdirSync(join(PROMETHEUS, folder)).map((file) => `${folder}/${file}`);
}

describe('Prometheus', () => {
  test('takes the configuration and the rules', () => {
    expect(promtool('check', 'config', 'prometheus.yml')).toMatchObject({ status: 0 });
    expect(promtool('check', 'rules', '--lint-fatal', ...files('rules'))).toMatchObject({ status: 0 });
  });

  test('fires each alert when it should and not otherwise', () => {
    const { status, output } = promtool('test', 'rules', ...files('tests'));
    expect(`${status} ${output}`).toMatch(/^0 /);
  });

  test('takes every query of the dashboards', () => {
    const groups = [
      {
        name: 'dashboards',
        rules: dashboardQueries().map(({ expr }, index) => ({ record: `query:${index}`, expr })),
      },
    ];
    const folder = mkdtempSync(join(tmpdir(), 'parley-queries-'));
    try {
      const file = join(folder, 'queries.json');
      writeFileSync(file, JSON.stringify({ groups }));
      expect(promtool('check', 'rules', file)).toMatchObject({ status: 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('every alert', () => {
  const tests = parse(read('monitoring/prometheus/tests/alerts.yml')) as {
    tests: { promql_expr_test: { expr: string; exp_samples: unknown[] }[] }[];
  };
  const operations = read('docs/operations/alerts.md');

  test.each(alerts.map((rule) => [rule.alert as string, rule] as const))('%s', (name, rule) => {
    expect(rule.labels?.severity).toMatch(/^(critical|warning)$/);
    expect(rule.annotations?.['summary']).toBeTruthy();
    expect(rule.annotations?.['description']?.length).toBeGreaterThan(40);
    expect(rule.annotations?.['runbook']).toBe(`docs/operations/alerts.md#${name.toLowerCase()}`);
    expect(operations).toContain(`\n### ${name}\n`);
    const cases = tests.tests
      .flatMap((one) => one.promql_expr_test)
      .filter(({ expr }) => expr.includes(`alertname="${name}"`))
      .map(({ exp_samples: samples }) => samples.length > 0);
    expect(new Set(cases)).toEqual(new Set([true, false]));
  });

  test('has its own name, and the chapter describes no other', () => {
    const names = alerts.map((rule) => rule.alert);
    expect(new Set(names).size).toBe(names.length);
    const chapter = operations;
    const described = [...chapter.matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
    expect(described).toHaveLength(names.length);
    expect(new Set(described)).toEqual(new Set(names));
  });
});

describe('the metrics', () => {
  const exported = new Set<string>();

  beforeAll(async () => {
    for (const { name, type } of await metricsCatalog()) {
      exported.add(name);
      if (type === 'histogram')
        for (const part of ['bucket', 'sum', 'count']) exported.add(`${name}_${part}`);
    }
    for (const rule of rules) if (rule.record !== undefined) exported.add(rule.record);
  });

  /** Names of ours; labels and functions look different. */
  const named = (text: string) => [...text.matchAll(/\bparley[_:][a-z0-9_:]+\b/g)].map(([name]) => name);
  const unknown = (texts: string[]) => texts.flatMap(named).filter((name) => !exported.has(name));

  test('in dashboards are exported by a service or recorded by a rule', () => {
    const queries = dashboardQueries().map(({ expr }) => expr);
    expect(queries.flatMap(named).length).toBeGreaterThan(100);
    expect(unknown(queries)).toEqual([]);
  });

  test('in rules are exported by a service or recorded by a rule', () => {
    expect(unknown(rules.map(({ expr }) => expr))).toEqual([]);
  });

  test('in the documents are exported by a service', () => {
    const texts = ['monitoring', 'operations/alerts', 'operations/troubleshooting'].map((name) =>
      read(`docs/${name}.md`),
    );
    expect(unknown(texts).filter((name) => !name.endsWith('_'))).toEqual([]);
  });

  test('have names that say whose they are and in which unit, and a help text', async () => {
    for (const { name, type, help } of await metricsCatalog()) {
      expect(name).toMatch(/^parley_[a-z]+(_[a-z0-9]+)*$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(help.length).toBeGreaterThan(8);
    }
  });

  test('are described in docs/monitoring.md as the services export them', async () => {
    const document = read('docs/monitoring.md');
    expect(document).toBe(await renderMetricsDocument(document));
  });
});

describe('the dashboards', () => {
  const dashboards = readDashboards();

  test('are those of scripts/dashboards', () => {
    const script = join(ROOT, 'scripts', 'generate-dashboards.mjs');
    expect(spawnSync(MODERN_NODE, [script, '--check'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('are five, each with a uid of its own', () => {
    expect(dashboards.size).toBe(5);
    expect(new Set([...dashboards.values()].map(({ uid }) => uid)).size).toBe(5);
  });

  test.each([...dashboards])(
    '%s asks the chosen Prometheus only, in units, with a word on each panel',
    (_file, dashboard) => {
      expect(dashboard.uid).toMatch(/^parley-[a-z]+$/);
      expect(dashboard.templating.list.map(({ type }) => type)).toContain('datasource');
      for (const panel of dashboard.panels) {
        if (panel.type === 'row' || panel.type === 'text') continue;
        expect([panel.title, panel.datasource]).toEqual([
          panel.title,
          { type: 'prometheus', uid: '${datasource}' },
        ]);
        expect([panel.title, panel.fieldConfig?.defaults.unit]).toEqual([
          panel.title,
          expect.stringMatching(/\w/),
        ]);
        expect([panel.title, (panel.description?.length ?? 0) > 3]).toEqual([panel.title, true]);
        expect([panel.title, panel.targets?.length]).toEqual([panel.title, expect.any(Number)]);
        for (const target of panel.targets ?? []) {
          expect(target.datasource.uid).toBe('${datasource}');
          expect(target.legendFormat).toBeTruthy();
        }
      }
    },
  );

  test.each([...dashboards])('%s has no two panels in one place and none outside', (_file, { panels }) => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const [index, panel] of panels.entries()) {
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
      for (const other of panels.slice(index + 1))
        expect([panel.title, other.title, overlap(panel, other)]).toEqual([panel.title, other.title, false]);
    }
  });
});

function overlap({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
