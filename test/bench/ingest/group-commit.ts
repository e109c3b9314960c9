import type pg from 'pg';

interface Waiting {
  readonly body: Buffer;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Stores bodies in PostgreSQL: what comes while one commit is under way goes with the next. */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #underWay = false;

  constructor(private readonly pool: pg.Pool) {}

  prepare(): Promise<unknown> {
    return this.pool.query('CREATE TABLE raw (id bigserial PRIMARY KEY, body bytea NOT NULL)');
  }

  /** Resolves once the body is durable. */
  store(body: Buffer): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ body, done, failed });
      if (!this.#underWay) void this.#commit();
    });
  }

  async #commit(): Promise<void> {
    this.#underWay = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.pool.query('INSERT INTO raw (body) SELECT unnest($1::bytea[])', [
          group.map(({ body }) => body),
        ]);
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    this.#underWay = false;
  }
}
