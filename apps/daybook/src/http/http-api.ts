import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { NestLogger } from '../logging/nest-logger.js';
import { serveDocumentation } from './documentation/documentation.js';
import { requestDurations } from '../metrics/request-durations.js';
import { type ApiParts, HttpModule } from './http-module.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { LastAnswers } from './requests/last-answers.js';
import { loopbackOnly } from './requests/loopback-only.middleware.js';
import { readJsonBody, readRawBody } from './requests/read-body.middleware.js';
import { validationPipe } from './requests/validation.js';

/** The API is open to this machine alone; there is no authentication yet that would let it go further. */
export const apiHost = '127.0.0.1';

export interface HttpApi {
  readonly port: number;
  /** Takes no more requests and resolves once those under way are answered. */
  stop(): Promise<void>;
}

/** Starts the HTTP API; port 0 takes any free one. */
export async function startHttpApi(
  parts: ApiParts,
  options: { readonly port: number; readonly logger: Logger },
): Promise<HttpApi> {
  const application = await NestFactory.create<NestExpressApplication>(HttpModule.of(parts), {
    bodyParser: false,
    logger: new NestLogger(options.logger),
    abortOnError: false,
    forceCloseConnections: false,
  });
  application.disable('x-powered-by');
  application.disable('etag');
  const lastAnswers = new LastAnswers();
  application.use(lastAnswers.middleware);
  application.use(requestDurations(parts.metrics));
  application.use(loopbackOnly);
  application.use('/v1/events', readRawBody);
  for (const route of [
    'allocations',
    'authority',
    'deallocations',
    'credits',
    'order-duplicates',
    'merge-reversals',
    'balance-transfers',
    'transfer-resolutions',
    'event-store-backups',
    'erasures',
    'parked/:key/resolve',
  ]) {
    application.use(`/v1/${route}`, readJsonBody);
  }
  application.useGlobalPipes(validationPipe());
  application.useGlobalFilters(new ProblemFilter(options.logger));
  serveDocumentation(application);
  await application.listen(options.port, apiHost);
  const server: Server = application.getHttpServer();
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('The HTTP server listens on no port.');
  }
  return {
    port: address.port,
    stop: () => lastAnswers.give(server, () => application.close()),
  };
}
