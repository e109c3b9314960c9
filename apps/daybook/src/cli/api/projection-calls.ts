import type { GenerationsDiff } from '#projection-engine';
import type { GenerationView } from '../../generations/generation-desk.js';
import type { ApiConnection } from './connection.js';

const diffMillisecondsMax = 900_000;

/** The builds of the read models. */
export class ProjectionCalls {
  constructor(private readonly connection: ApiConnection) {}

  async generations(): Promise<readonly GenerationView[]> {
    const path = '/v1/projections';
    const { generations } = await this.connection.send<{
      readonly generations: readonly GenerationView[];
    }>('GET', path);
    return generations;
  }

  rebuild(): Promise<GenerationView> {
    return this.connection.post('/v1/projections/rebuilds');
  }

  switchTo(generation: number): Promise<GenerationView> {
    return this.connection.post(`/v1/projections/generations/${generation}/switch`);
  }

  /** @param from the one to go back from, so that asking again does not lead there again */
  rollBack(from: number): Promise<GenerationView> {
    return this.connection.post(`/v1/projections/rollback?from=${from}`);
  }

  async retire(generation: number): Promise<void> {
    await this.connection.post(`/v1/projections/generations/${generation}/retire`);
  }

  /** Takes as long as it takes to compare every row. */
  diff(first: number, second: number, limit: number): Promise<GenerationsDiff> {
    const path = `/v1/projections/diff?first=${first}&second=${second}&limit=${limit}`;
    return this.connection.send('GET', path, { timeoutMilliseconds: diffMillisecondsMax });
  }
}
