import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MetricRegistry } from './metric-registry.js';

const operations = join(import.meta.dirname, '../../../../docs/operations');
const read = (name: string): string => readFileSync(join(operations, name), 'utf8');
const alarms = read('alarms.md');
const rules = read('prometheus-rules.yaml');

const metrics = new MetricRegistry().registry.getMetricsAsArray().map(({ name }) => name);
/** A histogram is asked for by the names of its parts. */
const asked = new Set(
  metrics.flatMap((name) => [name, `${name}_count`, `${name}_sum`, `${name}_bucket`]),
);

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];
}

describe('what an operator reads of metrics', () => {
  it('has every metric there is, and no other, in its table', () => {
    expect(namesIn(alarms, /^\| `(daybook_\w+)`/gm).toSorted()).toEqual(metrics.toSorted());
  });

  it('names no metric anywhere that is not there', () => {
    const named = [...namesIn(alarms, /`(daybook_\w+)/g), ...namesIn(rules, /(daybook_\w+)/g)];
    expect(named.filter((name) => !asked.has(name))).toEqual([]);
  });

  it('explains every alarm of the rules, and no other', () => {
    const ruled = namesIn(rules, /alert: (\w+)/g);
    expect(ruled.length).toBeGreaterThan(10);
    expect(namesIn(alarms, /^### (\w+)/gm).toSorted()).toEqual(ruled.toSorted());
  });
});
