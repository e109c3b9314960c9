import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';

import { guardAppendStreams } from './append-answer-guard.js';
import { delayUnlessAborted } from './backoff.js';

const closingMillisecondsMax = 1_000;

/**
 * One client of EventStoreDB, replaced where it would stay broken. The client reconnects by itself
 * on the next call, except in two cases that are mended here.
 */
export class StoreClient {
  private client: EventStoreDBClient | undefined;

  constructor(private readonly connectionString: string) {}

  /** The client to make the next call on. */
  get current(): EventStoreDBClient {
    this.client ??= createClient(this.connectionString);
    return this.client;
  }

  /**
   * The client once it knows what the node can do, which it asks before its first append. It keeps
   * the answer even where that is an error, and would then refuse every later append with it:
   * such a client is replaced.
   */
  async readyToAppend(): Promise<EventStoreDBClient> {
    const client = this.current;
    try {
      await client['capabilities'];
      return client;
    } catch (error) {
      this.replace(client);
      throw error;
    }
  }

  /**
   * Lets go of a client and ends its calls; the next call is made on a new one. Nothing happens
   * where another has taken its place already.
   */
  replace(client: EventStoreDBClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    // Never rejects, and waits for streams that may never finish.
    void client.dispose();
  }

  /** Ends every call in progress and closes the connection; waits a second at most. */
  async close(): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.client = undefined;
    const closed = new AbortController();
    const close = async (): Promise<void> => {
      await client.dispose();
      const channel = await client['getChannel']().catch(() => undefined);
      channel?.close();
      closed.abort();
    };
    await Promise.race([close(), delayUnlessAborted(closingMillisecondsMax, closed.signal)]);
  }
}

function createClient(connectionString: string): EventStoreDBClient {
  const client = withoutKeepAliveWarning(() =>
    EventStoreDBClient.connectionString(connectionString),
  );
  const createGrpcClient = client['createGRPCClient'] as (type: unknown) => Promise<unknown>;
  client['createGRPCClient'] = async (type: unknown): Promise<unknown> => {
    const grpcClient = await createGrpcClient(type);
    if (grpcClient instanceof StreamsClient) guardAppendStreams(grpcClient);
    return grpcClient;
  };
  // The client does not hold this promise: where a second stream fails while the discovery of a new
  // leader fails as well, the rejection would end the process.
  const handleError = client['handleError'];
  client['handleError'] = (grpcClient, error) =>
    handleError(grpcClient, error).catch(() => undefined);
  return client;
}

/** The client warns of keep-alives under ten seconds; here they are meant, so only that line is left out. */
function withoutKeepAliveWarning<Result>(create: () => Result): Result {
  const { warn } = console;
  console.warn = (...words: unknown[]): void => {
    if (!String(words[0]).startsWith('Specified KeepAliveInterval')) warn(...words);
  };
  try {
    return create();
  } finally {
    console.warn = warn;
  }
}
