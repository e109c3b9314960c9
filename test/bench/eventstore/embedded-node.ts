import { startEmbeddedEventStore } from '#embedded-event-store';
import { runNodeProgram } from './node-program.js';

/* The embedded store as a process of its own. */

await runNodeProgram(({ directory }) => {
  if (directory === undefined) throw new Error('The embedded store needs a folder.');
  return startEmbeddedEventStore({ directory });
});
