import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import {
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswers,
  supportedMethodsAnswer,
} from './floor-answers.js';
import { echoOf, serverFeatures, streams } from './floor-service.js';
import { runNodeProgram } from './node-program.js';

/*
 * The least a node can do for the same client: it answers appends without storing them, and gives
 * whoever reads the same events, encoded before it began to listen.
 */

const checkpointEveryEvents = 32;

function batchAppend(call: ServerDuplexStream<Buffer, Buffer>): void {
  call.on('data', (request: Buffer) => {
    const answer = echoOf(request);
    if (answer !== undefined) call.write(answer);
  });
  call.once('end', () => call.end());
}

async function read(
  call: ServerWritableStream<Buffer, Buffer>,
  frames: readonly Buffer[],
): Promise<void> {
  const options = streams.ReadReq.deserializeBinary(call.request).getOptions();
  if (options === undefined) throw new Error('The client reads without options.');
  let resume: (() => void) | undefined;
  const wake = (): void => resume?.();
  call.on('drain', wake);
  call.once('cancelled', wake);
  const send = async (answer: Buffer): Promise<void> => {
    const isFull = !call.write(answer);
    if (isFull && !call.cancelled) await new Promise<void>((resolve) => (resume = resolve));
  };
  if (options.hasSubscription()) await send(confirmationAnswer());
  const count = options.hasSubscription() ? frames.length : Number(options.getCount());
  for (let sent = 1; sent <= Math.min(count, frames.length) && !call.cancelled; sent += 1) {
    await send(frames[sent - 1] ?? caughtUpAnswer());
    if (options.hasFilter() && sent % checkpointEveryEvents === 0)
      await send(checkpointAnswer(sent));
  }
  if (options.hasSubscription()) await send(caughtUpAnswer());
  else call.end();
}

await runNodeProgram(async ({ framesCount = 0 }) => {
  const frames = eventAnswers(framesCount);
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1_048_576 });
  server.addService(serverFeatures, {
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<Buffer>) => {
      answer(null, supportedMethodsAnswer());
    },
  });
  server.addService(streams.service, {
    batchAppend,
    read: (call: ServerWritableStream<Buffer, Buffer>) => void read(call, frames),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    stop: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
});
