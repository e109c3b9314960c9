import { createServer } from 'node:net';
import { DaybookStartError } from './start-error.js';

/**
 * Checks that the port can be listened on, before anything is started that would have to be ended.
 * Whoever takes it between this and the start of the API is told of there.
 *
 * @throws DaybookStartError `port_in_use` or `port_unusable`
 */
export async function checkPort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, exclusive: true }, resolve);
    });
  } catch (error) {
    throw portError(error, port, host) ?? error;
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** What a failure to listen says to people, or undefined where the error is about something else. */
export function portError(
  error: unknown,
  port: number,
  host: string,
): DaybookStartError | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen') {
    return undefined;
  }
  const choose = 'Choose another one with --port or DAYBOOK_PORT; 0 asks for any free one.';
  if ('code' in error && error.code === 'EADDRINUSE') {
    const text = `Port ${port} on ${host} is in use by another program. ${choose}`;
    return new DaybookStartError('port_in_use', text, { cause: error });
  }
  const text = `Port ${port} on ${host} cannot be listened on: ${error.message}. ${choose}`;
  return new DaybookStartError('port_unusable', text, { cause: error });
}
