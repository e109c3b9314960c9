import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions, readPositionToken } from '#kernel';
import { messageOf } from '../../composition/start-error.js';
import type { Page } from '../../http/requests/page.js';
import { sendRequest } from '../http-request.js';
import { ApiProblem, ApiUnreachable } from './api-problem.js';

/** The parameters of an address; what is undefined is left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

export interface RequestParts {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

const requestTimeoutMilliseconds = 60_000;
const waitMilliseconds = 20_000;
const pageRows = 500;
const attemptsMax = 6;
const retrySecondsDefault = 1;

/**
 * Requests to one Daybook. What was written through it is also read: every read waits until the read
 * models hold its last write.
 *
 * Requests are sent again where a store is away for a moment; a repeat is recognised, so that
 * nothing is recorded twice.
 */
export class ApiConnection {
  #position: string | undefined;

  /** @param url such as `http://127.0.0.1:2850`, without a path */
  constructor(readonly url: string) {}

  /** The first pages of a list as one, up to so many rows. */
  async readSome<Row>(path: string, parameters: Parameters, rows: number): Promise<Page<Row>> {
    const items: Row[] = [];
    let cursor: string | undefined;
    for (;;) {
      const limit = String(Math.min(pageRows, rows - items.length));
      const page: Page<Row> = await this.read(path, { ...parameters, limit, cursor });
      items.push(...page.items);
      if (page.next === null || items.length >= rows) return { items, next: page.next };
      cursor = page.next;
    }
  }

  /** All pages of a list as one. */
  async readAll<
    Answer extends { readonly items: readonly unknown[]; readonly next: string | null },
  >(path: string, parameters: Parameters): Promise<Answer> {
    const limit = String(pageRows);
    const first = await this.read<Answer>(path, { ...parameters, limit });
    const items = [...first.items];
    let { next } = first;
    while (next !== null) {
      const page: Answer = await this.read(path, { ...parameters, limit, cursor: next });
      items.push(...page.items);
      next = page.next;
    }
    return { ...first, items, next: null };
  }

  async read<Answer>(path: string, parameters: Parameters = {}): Promise<Answer> {
    const query = new URLSearchParams();
    const waiting = this.#position === undefined ? {} : { wait: String(waitMilliseconds) };
    const all = { ...parameters, after: this.#position, ...waiting };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) query.set(name, value);
    }
    const text = query.toString();
    return this.send('GET', text === '' ? path : `${path}?${text}`);
  }

  /** Sends a command with its body, where it has one. */
  post<Answer>(path: string, body?: unknown, headers: RequestParts['headers'] = {}) {
    if (body === undefined) return this.send<Answer>('POST', path);
    return this.send<Answer>('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** @throws ApiProblem where the answer is one, after as many attempts as may help */
  async send<Answer>(method: string, path: string, parts: RequestParts = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.request(method, path, parts);
        this.#remember(headerOf(answer, 'daybook-position'));
        if (answer.status < 400) return answer.body as Answer;
        throw problemOf(answer);
      } catch (error) {
        const seconds = secondsUntilRetry(error);
        if (seconds === undefined || attempt === attemptsMax) throw error;
        await pause(seconds * 1_000);
      }
    }
  }

  /** One request, whatever its answer. @throws ApiUnreachable */
  async request(method: string, path: string, parts: RequestParts = {}): Promise<RawAnswer> {
    try {
      const { status, headers, text } = await sendRequest(this.url, {
        method,
        path,
        timeoutMilliseconds: requestTimeoutMilliseconds,
        ...parts,
      });
      return { status, headers, body: parseBody(text) };
    } catch (error) {
      throw new ApiUnreachable(`${this.url} does not answer: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /** Keeps the furthest position: answers of requests in flight come in any order. */
  #remember(text: string | undefined): void {
    const token = text === undefined ? undefined : readPositionToken(text);
    if (text === undefined || token === undefined) return;
    const known = this.#position === undefined ? undefined : readPositionToken(this.#position);
    if (known === undefined || comparePositions(known, token) < 0) this.#position = text;
  }
}

function headerOf({ headers }: RawAnswer, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

function problemOf(answer: RawAnswer): ApiProblem {
  const { status, body } = answer;
  const problem = body as Readonly<Record<string, unknown>>;
  const { code, detail } = problem;
  const seconds = Number(headerOf(answer, 'retry-after') ?? Number.NaN);
  return new ApiProblem(
    status,
    typeof code === 'string' ? code : `http_${status}`,
    typeof detail === 'string' ? detail : `The answer was HTTP ${status}.`,
    problem,
    Number.isFinite(seconds) ? seconds : undefined,
  );
}

/** A store that is away, and read models that are behind, come back; other refusals stay. */
function secondsUntilRetry(error: unknown): number | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const passes = error.status === 503 || error.code === 'position_not_reached';
  return passes ? (error.retryAfterSeconds ?? retrySecondsDefault) : undefined;
}
