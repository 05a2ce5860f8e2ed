/** One line of the Prometheus text format. */
export type Sample = { name: string; labels: Record<string, string>; value: number };

function parseMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!match) return [];
    const [, name = '', labels = '', value = ''] = match;
    return [{ name, labels: parseLabels(labels), value: Number(value) }];
  });
}

function parseLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

export async function scrape(adminPort: number): Promise<Sample[]> {
  const response = await fetch(`http://127.0.0.1:${adminPort}/metrics`);
  if (!response.ok) throw new Error(`/metrics on ${adminPort} answered ${response.status}`);
  return parseMetrics(await response.text());
}

/** The sum over all samples of a metric that have these labels. Throws if there is no such metric, so that a typing error is not 0. */
export function total(samples: readonly Sample[], name: string, labels: Record<string, string> = {}): number {
  const named = samples.filter((sample) => sample.name === name);
  if (named.length === 0) throw new Error(`there is no metric ${name}`);
  return named
    .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
