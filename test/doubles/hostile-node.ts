import serverFeatures from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  credentials,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { EmbeddedEventStore, type LogDirectory } from '#embedded-event-store';
import { HostileBatchAppend, type BatchAppendServerCall } from './hostile-node-appends.js';
import { HostilePlan, type HostileCounters, type HostilePlanOptions } from './hostile-node-plan.js';
import { SimulatedDisk } from './simulated-disk.js';

const HOST = '127.0.0.1';

/** As much as the client sends and receives. */
const MESSAGE_BYTES_MAX = 17 * 1_048_576;

export interface HostileNodeOptions {
  /** Every chance of the plan is drawn from it. */
  readonly seed: number;
  readonly plan: HostilePlanOptions;
  /** Where the node behind it keeps its log; a simulated disk unless given. */
  readonly directory?: LogDirectory;
}

export interface HostileNode {
  readonly connectionString: string;
  /** What it has done so far. */
  readonly counters: Readonly<HostileCounters>;
  stop(): Promise<void>;
}

/**
 * A real node behind a hostile connection: between it and the client stands a proxy that speaks the
 * same protocol and loses answers, repeats them and drops live subscriptions, as a plan says. What the
 * node acknowledged, wrote and shows stays true; only what the client learns of it suffers.
 */
export async function startHostileNode(options: HostileNodeOptions): Promise<HostileNode> {
  const plan = new HostilePlan(options.plan, options.seed);
  const directory = options.directory ?? new SimulatedDisk(options.seed);
  const node = await EmbeddedEventStore.open({ directory });
  const address = `${HOST}:${node.port}`;
  const limits = { 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX };
  const streamsClient = new streams.StreamsClient(address, credentials.createInsecure(), limits);
  const featuresClient = new serverFeatures.ServerFeaturesClient(
    address,
    credentials.createInsecure(),
  );
  const server = new Server(limits);
  server.addService(serverFeatures.ServerFeaturesService, {
    getSupportedMethods: (
      call: ServerUnaryCall<Empty, SupportedMethods>,
      answer: sendUnaryData<SupportedMethods>,
    ) => {
      featuresClient.getSupportedMethods(call.request, answer);
    },
  });
  server.addService(streams.StreamsService, {
    batchAppend: (call: BatchAppendServerCall) =>
      void new HostileBatchAppend(call, streamsClient.batchAppend(), plan),
    read: (call: ServerWritableStream<ReadReq, ReadResp>) => forwardRead(call, streamsClient, plan),
  });
  const port = await listen(server);
  return {
    connectionString: `esdb://${HOST}:${port}?tls=false`,
    counters: plan.counters,
    stop: async () => {
      server.forceShutdown();
      streamsClient.close();
      featuresClient.close();
      await node.stop();
    },
  };
}

/** Passes a read on, no faster than it is taken, and drops it after so many live events. */
function forwardRead(
  call: ServerWritableStream<ReadReq, ReadResp>,
  client: streams.StreamsClient,
  plan: HostilePlan,
): void {
  const upstream = client.read(call.request);
  let isLive = false;
  let liveEvents = 0;
  upstream.on('data', (response: ReadResp) => {
    if (isLive && response.hasEvent()) {
      liveEvents += 1;
      if (plan.abortsAfter(liveEvents)) {
        upstream.cancel();
        call.emit('error', {
          code: status.ABORTED,
          details: 'Consumer too slow to handle event while live. Client resubscription required.',
        });
        return;
      }
    }
    isLive ||= response.hasCaughtUp();
    if (call.writableEnded) return;
    if (!call.write(response)) upstream.pause();
  });
  call.on('drain', () => upstream.resume());
  call.on('cancelled', () => upstream.cancel());
  upstream.on('end', () => call.end());
  upstream.on('error', (error) => {
    if (!call.writableEnded) call.emit('error', error);
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${HOST}:0`, ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
