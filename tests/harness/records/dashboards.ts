import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths.mjs';

const DASHBOARDS = join(ROOT, 'monitoring', 'grafana', 'dashboards');

/** The values that Grafana would put in the place of its own variables. */
const INTERVALS: Readonly<Record<string, string>> = {
  $__rate_interval: '30s',
  $__interval: '15s',
  $__range: '5m',
};

export type Panel = {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: string; uid: string };
  fieldConfig?: { defaults: { unit?: string } };
  targets?: { refId: string; expr: string; legendFormat: string; datasource: { uid: string } }[];
};

type Variable = { name: string; type: string; query: unknown; allValue?: string };

export type Dashboard = {
  uid: string;
  title: string;
  schemaVersion: number;
  templating: { list: Variable[] };
  panels: Panel[];
};

/** One query of one panel, as Grafana sends it to Prometheus. */
export type DashboardQuery = { dashboard: string; panel: string; legend: string; expr: string };

/** Every dashboard of the repository, by the name of its file. */
export function readDashboards(): Map<string, Dashboard> {
  const files = readdirSync(DASHBOARDS).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => [file, JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as Dashboard]),
  );
}

/** Every query of every panel, with `All` chosen in each list and fixed values for Grafana's own variables. */
export function dashboardQueries(): DashboardQuery[] {
  return [...readDashboards().values()].flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ expr, legendFormat }) => ({
        dashboard: dashboard.title,
        panel: panel.title,
        legend: legendFormat,
        expr: withVariables(expr, dashboard.templating.list),
      })),
    ),
  );
}

function withVariables(expr: string, variables: readonly Variable[]): string {
  let text = expr;
  for (const [name, value] of Object.entries(INTERVALS)) text = text.replaceAll(name, value);
  for (const { name, allValue } of variables) {
    if (allValue !== undefined) text = text.replaceAll(`$${name}`, allValue);
  }
  if (text.includes('$')) throw new Error(`a variable is left in: ${text}`);
  return text;
}
