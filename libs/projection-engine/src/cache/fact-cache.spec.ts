import { describe, expect, it } from 'vitest';
import { unusedName } from '../fold/fact-graph.js';
import type { Fact } from '../fold/home.js';
import { WorkingGraph } from '../fold/working-graph.js';
import { FactCache } from './fact-cache.js';

const limits = { cachedFactsMax: 12, cachedReadersMax: 4, cachedRowsMax: 4 };

/** A batch that gives one fact to each home, each reading the same item. */
function batchOf(cache: FactCache<string>, homes: readonly string[]): void {
  const graph = new WorkingGraph<string>();
  for (const home of homes) {
    graph.put(home, cache.node(home) ?? unusedName);
    graph.putReaders(home, cache.readersOf(home) ?? []);
    const placement = { home, connects: [], subjects: [], reads: ['item'], absorbedBy: [] };
    const fact: Fact<string> = { eventId: `event of ${home}`, event: 'fact', placement };
    graph.add(home, [fact]);
  }
  cache.advance(graph, new Map());
}

const homes = Array.from({ length: 20 }, (_, index) => `home ${index}`);

describe('a cache of facts', () => {
  it('knows from empty tables on what was never given, and asks for what had to go', () => {
    const cache = new FactCache<string>(limits, true);
    batchOf(cache, homes);
    expect(cache.node('home 0')).toBeUndefined();
    expect(cache.node('home 19')?.home.events).toEqual(['fact']);
    expect(cache.node('home 20')).toEqual(unusedName);
  });

  it('asks for readers that are too many for it', () => {
    const cache = new FactCache<string>(limits, true);
    batchOf(cache, ['home 0']);
    expect(cache.readersOf('item')).toEqual(['home 0']);
    batchOf(cache, homes.slice(1));
    expect(cache.readersOf('item')).toBeUndefined();
    expect(cache.readersOf('another item')).toEqual([]);
  });

  it('knows nothing where tables were there before', () => {
    const cache = new FactCache<string>(limits, false);
    expect(cache.node('home 0')).toBeUndefined();
    expect(cache.readersOf('item')).toBeUndefined();
  });
});
