import {
  type Answer,
  type RunningDaybook,
  startRunningDaybook,
} from '../../doubles/running-daybook.js';
import { DescribedAnswers } from './described-answers.js';

export type Fields = Readonly<Record<string, unknown>>;

/** A cursor as a list would write it. */
export const cursorOf = (...key: readonly string[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');
export const eur = (minor: number) => ({ minor, currency: 'EUR' });

/** A good order; a case of the tables below spoils one thing of it. */
export function order(id: string, changes: Fields = {}, dataChanges: Fields = {}): Fields {
  return {
    specversion: '1.0',
    id: `delivery of ${id}`,
    source: 'shop',
    type: 'OrderCaptured',
    objectid: id,
    time: '2026-01-02T03:04:05Z',
    data: {
      legalEntity: 'entity-eu',
      currency: 'EUR',
      debtor: { kind: 'customer', id: 'customer-1' },
      channel: 'web',
      lines: [line()],
      ...dataChanges,
    },
    ...changes,
  };
}

export function line(changes: Fields = {}): Fields {
  const units = { line: '1', kind: 'goods', sku: 'SKU-1', qty: 2, uom: 'piece' };
  return { ...units, gross: eur(1_000), discount: eur(0), taxes: [], ...changes };
}

export function received(id: string, sku: string, qty: number): Fields {
  return {
    specversion: '1.0',
    id,
    source: 'wms',
    type: 'StockReceived',
    sku,
    node: 'warehouse',
    time: '2026-01-01T00:00:00Z',
    data: {
      owner: { kind: 'legal_entity', id: 'entity-eu' },
      qty,
      uom: 'piece',
      cause: 'purchase',
      bucket: 'sellable',
      receipt: id,
      line: '1',
    },
  };
}

export const position = (answer: Answer): string => answer.headers.get('daybook-position') ?? '';

/** The one Daybook that all areas of the API are tried on; every answer is held to its description. */
export class SharedApi {
  readonly described = new DescribedAnswers();
  #daybook: RunningDaybook | undefined;

  async start(): Promise<void> {
    this.#daybook = await startRunningDaybook();
    this.described.by((await this.#running.get('/openapi.json')).body);
  }

  get url(): string {
    return this.#running.url;
  }

  get dataDirectory(): string {
    return this.#running.dataDirectory;
  }

  async get(path: string): Promise<Answer> {
    const answer = await this.#running.get(path);
    this.described.hold('get', path, answer);
    return answer;
  }

  async post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
    const answer = await this.#running.post(path, body, headers);
    this.described.hold('post', path, answer);
    return answer;
  }

  /** Reads with `after`: what was written is there, however far behind the read models are. */
  readAfter(path: string, written: Answer): Promise<Answer> {
    const after = `after=${position(written)}&wait=20000`;
    return this.get(`${path}${path.includes('?') ? '&' : '?'}${after}`);
  }

  async quarantined(): Promise<readonly Fields[]> {
    const items: Fields[] = [];
    for (let cursor = ''; ;) {
      const { body } = await this.get(`/v1/quarantine?limit=100${cursor}`);
      const page = body as { items: Fields[]; next: string | null };
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = `&cursor=${page.next}`;
    }
  }

  /** Ends the process in order and starts another one on its data; answers the exit code. */
  async restart(): Promise<number | null> {
    const { dataDirectory } = this.#running;
    const exitCode = await this.#running.end();
    this.#daybook = await startRunningDaybook({ dataDirectory });
    return exitCode;
  }

  async stop(): Promise<void> {
    await this.#daybook?.stop();
  }

  get #running(): RunningDaybook {
    if (this.#daybook === undefined) throw new Error('The Daybook is not started.');
    return this.#daybook;
  }
}
