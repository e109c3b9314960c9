// Appends without a pause at exact revisions, from a process of its own, and says before each append
// what it sends and after it what was acknowledged, a line of JSON each. Runs the compiled adapter.
import { randomUUID } from 'node:crypto';
import { connectEventStore } from '#event-store';

const [connectionString, name, sharedStream] = process.argv.slice(2);
const ownStream = `daybook.own-${name}`;
const store = connectEventStore({
  connectionString,
  appendAttemptMilliseconds: 500,
  appendDeadlineMilliseconds: 5_000,
  keepAliveMilliseconds: 500,
});

/** @param {object} line */
function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Where each stream stood last, as far as this process knows. */
const revisions = new Map();

/** @param {string} stream @param {number} count */
async function append(stream, count) {
  const events = Array.from({ length: count }, () => ({
    eventId: randomUUID(),
    type: 'OrderCaptured',
    data: { text: 'x'.repeat(Math.floor(Math.random() * 3_000)) },
    metadata: { kind: 'fact' },
  }));
  const eventIds = events.map(({ eventId }) => eventId);
  say({ sent: eventIds });
  for (;;) {
    const expectedRevision = revisions.get(stream) ?? 'no_stream';
    const outcome = await store.append({ stream, expectedRevision, events });
    if (outcome.outcome === 'conflict') revisions.set(stream, outcome.actual);
    if (outcome.outcome === 'refused') throw new Error(outcome.message);
    if (outcome.outcome !== 'appended') continue;
    revisions.set(stream, outcome.revision);
    say({ stream, lastRevision: outcome.revision, acknowledged: eventIds });
    return;
  }
}

for (;;) {
  const stream = Math.random() < 0.5 ? ownStream : sharedStream;
  await append(stream, 1 + Math.floor(Math.random() * 5));
}
