// Runs the compiled embedded event store alone: --port N --db DIR; says LISTENING N once it listens.
import { parseArgs } from 'node:util';
import { startEmbeddedEventStore } from '#embedded-event-store';

const { values } = parseArgs({ options: { port: { type: 'string' }, db: { type: 'string' } } });
const { port } = await startEmbeddedEventStore({
  directory: String(values.db),
  port: Number(values.port),
});
process.stdout.write(`LISTENING ${port}\n`);
