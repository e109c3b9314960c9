import 'reflect-metadata';
import { ANY, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import { readRawBody } from '../../../apps/daybook/src/http/requests/read-body.middleware.js';
import type { RequestBody } from '../../../apps/daybook/src/http/requests/request-body.js';
import { deliveriesOf, nameOf, type PreparedDelivery } from './deliveries.js';
import { GroupCommit } from './group-commit.js';

/*
 * The floor: the same HTTP server parses the JSON, stores the same bytes by group commit, and appends
 * the events that were prepared of them, one append a stream. It checks and seals nothing.
 */

const [eventStoreUrl = '', databaseUrl = '', events = ''] = process.argv.slice(2);
const prepared = new Map(deliveriesOf(Number(events)).map((each) => [each.name, each]));
const bodies = new GroupCommit(new pg.Pool({ connectionString: databaseUrl }));
const client = EventStoreDBClient.connectionString`${eventStoreUrl}`;

async function append(stream: string, group: readonly PreparedDelivery[]): Promise<void> {
  const appended = group.map(({ event: { eventId: id, type, data, metadata } }) =>
    jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } }),
  );
  await client.appendToStream(stream, appended, { expectedRevision: ANY });
}

@Controller('v1/events')
class FloorController {
  @Post()
  async record(@Body() body: RequestBody): Promise<object> {
    if (body.outcome === 'too_large') throw new Error('The body is too large.');
    const value: unknown = JSON.parse(body.bytes.toString('utf8'));
    const deliveries = (Array.isArray(value) ? value : [value]) as readonly object[];
    await bodies.store(body.bytes);
    const streams = new Map<string, PreparedDelivery[]>();
    for (const delivery of deliveries) {
      const found = prepared.get(nameOf(delivery));
      if (found === undefined) throw new Error(`${nameOf(delivery)} was not prepared.`);
      streams.set(found.stream, [...(streams.get(found.stream) ?? []), found]);
    }
    await Promise.all([...streams].map(([stream, group]) => append(stream, group)));
    return { outcomes: deliveries.length };
  }
}

@Module({ controllers: [FloorController] })
class FloorModule {}

await bodies.prepare();
const application = await NestFactory.create<NestExpressApplication>(FloorModule, {
  bodyParser: false,
  logger: false,
});
application.disable('x-powered-by');
application.disable('etag');
application.use('/v1/events', readRawBody);
await application.listen(0, '127.0.0.1');
process.send?.(await application.getUrl());
