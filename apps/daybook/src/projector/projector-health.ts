import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics } from 'prom-client';
import { MetricRegistry } from '../metrics/metric-registry.js';
import { tellProjectors } from '../metrics/projector-figures.js';
import type { ProjectorStatus } from '../roles/projector-status.js';
import type { ProjectorStatuses } from '../roles/projector-statuses.js';

/** Nobody but this machine is answered, as by the whole API. */
const host = '127.0.0.1';
/** A thread that is silent for so long does not work, whether there is work or not. */
const silentMillisecondsMax = 10_000;

export interface ProjectorHealthParts {
  readonly projectors: ProjectorStatuses;
  /** The generation that queries read; undefined where the database does not say. */
  readonly activeGeneration: () => Promise<number | undefined>;
  /** 0 asks for any free one. */
  readonly port: number;
}

/** Answers `/health/live`, `/health/ready` and `/metrics` of a process that only projects. */
export class ProjectorHealth {
  readonly #registry = new MetricRegistry();
  readonly #server: Server;

  private constructor(private readonly parts: ProjectorHealthParts) {
    collectDefaultMetrics({ register: this.#registry.registry });
    this.#server = createServer((request, response) => {
      void this.#answer(request.url ?? '', response);
    });
  }

  /** @throws Error where the port is taken */
  static async start(parts: ProjectorHealthParts): Promise<ProjectorHealth> {
    const health = new ProjectorHealth(parts);
    health.#server.listen(parts.port, host);
    await once(health.#server, 'listening');
    return health;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${host}:${port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    if (path === '/health/live') return answerJson(response, 200, { status: 'live' });
    if (path === '/health/ready') return this.#answerReady(response);
    if (path === '/metrics') return this.#answerMetrics(response);
    answerJson(response, 404, {
      code: 'not_found',
      detail: 'A projector answers /health/live, /health/ready and /metrics.',
    });
  }

  #answerReady(response: ServerResponse): void {
    const { all } = this.parts.projectors;
    // Who stands by is well: another process projects.
    const isReady = all.length > 0 && all.every(isWell);
    answerJson(response, isReady ? 200 : 503, {
      status: isReady ? 'ready' : 'not_ready',
      projectors: all.map(({ progress, silentMilliseconds }) => ({
        state: progress?.state.state ?? 'starting',
        sequence: progress?.sequence ?? 0,
        epoch: progress?.epoch ?? 0,
        parkedKeys: progress?.parkedKeys ?? 0,
        silentSeconds: silentMilliseconds / 1_000,
      })),
    });
  }

  async #answerMetrics(response: ServerResponse): Promise<void> {
    const { projectors, activeGeneration } = this.parts;
    const generation = await activeGeneration().catch(() => undefined);
    tellProjectors(this.#registry, projectors, generation);
    const { registry } = this.#registry;
    response.writeHead(200, { 'content-type': registry.contentType });
    response.end(await registry.metrics());
  }
}

function isWell({ progress, silentMilliseconds }: ProjectorStatus): boolean {
  const state = progress?.state.state;
  return silentMilliseconds < silentMillisecondsMax && state !== 'retrying' && state !== 'stopped';
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
