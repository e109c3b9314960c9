import serverFeatures from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import {
  credentials,
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { EmbeddedEventStore, type LogDirectory } from '#embedded-event-store';
import { HostileBatchAppend, type BatchAppendServerCall } from './hostile-node-appends.js';
import { HostilePlan, type HostileCounters, type HostilePlanOptions } from './hostile-node-plan.js';
import { HostileRead, type ReadServerCall } from './hostile-node-reads.js';
import { SimulatedDisk } from './simulated-disk.js';
import { TcpProxy } from './tcp-proxy.js';

const HOST = '127.0.0.1';

const CHANNEL_OPTIONS = {
  /** As much as the client sends and receives. */
  'grpc.max_receive_message_length': 17 * 1_048_576,
  /** The node behind is found again as soon as it is back. */
  'grpc.initial_reconnect_backoff_ms': 10,
  'grpc.max_reconnect_backoff_ms': 20,
};

export interface HostileNodeOptions {
  /** Every chance of the plan is drawn from it. */
  readonly seed: number;
  readonly plan: HostilePlanOptions;
  /** Where the node behind it keeps its log; a simulated disk unless given. */
  readonly directory?: LogDirectory;
}

/**
 * A real node behind a hostile connection: between it and the client stands a proxy that speaks the
 * same protocol and loses answers, repeats them, drops live subscriptions, stands still and starts
 * again, as a plan says or a specification asks. What the node acknowledged, wrote and shows stays
 * true; only what the client learns of it suffers.
 */
export class HostileNode {
  readonly #plan: HostilePlan;
  readonly #directory: LogDirectory;
  readonly #server = new Server(CHANNEL_OPTIONS);
  readonly #reads = new Set<HostileRead>();
  #node: EmbeddedEventStore;
  #streams: streams.StreamsClient;
  #features: serverFeatures.ServerFeaturesClient;
  /** Two addresses of one node, so that it can send clients from one to the other. */
  #wires: readonly TcpProxy[] = [];
  #restarting: Promise<void> = Promise.resolve();
  #thawing: NodeJS.Timeout | undefined;
  #isStopping = false;

  private constructor(node: EmbeddedEventStore, plan: HostilePlan, directory: LogDirectory) {
    this.#node = node;
    this.#plan = plan;
    this.#directory = directory;
    const address = `${HOST}:${node.port}`;
    const insecure = credentials.createInsecure();
    this.#streams = new streams.StreamsClient(address, insecure, CHANNEL_OPTIONS);
    this.#features = new serverFeatures.ServerFeaturesClient(address, insecure, CHANNEL_OPTIONS);
  }

  static async start(options: HostileNodeOptions): Promise<HostileNode> {
    const plan = new HostilePlan(options.plan, options.seed);
    const directory = options.directory ?? new SimulatedDisk(options.seed);
    const node = new HostileNode(await EmbeddedEventStore.open({ directory }), plan, directory);
    await node.#listen();
    return node;
  }

  get connectionString(): string {
    return `esdb://${HOST}:${this.#wires[0]?.port}?tls=false`;
  }

  /** The node behind it, for whoever wants to see what really is. */
  get calmConnectionString(): string {
    return this.#node.connectionString;
  }

  /** What it has done so far. */
  get counters(): Readonly<HostileCounters> {
    return this.#plan.counters;
  }

  /** Stands still as a stopped process does, until it is thawed: nothing passes, nobody is told. */
  freeze(): void {
    for (const wire of this.#wires) wire.freeze();
  }

  /** What was held back goes on. */
  thaw(): void {
    clearTimeout(this.#thawing);
    this.#thawing = undefined;
    for (const wire of this.#wires) wire.thaw();
  }

  /** Breaks every connection. */
  cut(): void {
    for (const wire of this.#wires) wire.cut();
  }

  /** Ends every live subscription at once; those that still catch up go on. */
  abortLive(): void {
    for (const read of this.#reads) {
      read.abortLive();
      if (read.isOver) this.#reads.delete(read);
    }
  }

  /** Ends the node behind it and starts it again on its log; all else it knew is lost. */
  restart(): Promise<void> {
    this.#restarting = this.#restarting.then(async () => {
      if (this.#isStopping) return;
      const { port } = this.#node;
      await this.#node.stop();
      this.#node = await EmbeddedEventStore.open({ directory: this.#directory, port });
    });
    return this.#restarting;
  }

  /** Waits until nothing of what was done to it lasts: it runs, and every connection passes. */
  async calm(): Promise<void> {
    this.thaw();
    await this.#restarting;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.thaw();
    await Promise.all(this.#wires.map((wire) => wire.stop()));
    this.#server.forceShutdown();
    await this.#restarting;
    this.#streams.close();
    this.#features.close();
    await this.#node.stop();
  }

  async #listen(): Promise<void> {
    this.#server.addService(serverFeatures.ServerFeaturesService, {
      getSupportedMethods: (
        call: ServerUnaryCall<Empty, SupportedMethods>,
        answer: sendUnaryData<SupportedMethods>,
      ) => {
        this.#features.getSupportedMethods(call.request, answer);
      },
    });
    this.#server.addService(streams.StreamsService, {
      batchAppend: (call: BatchAppendServerCall) => this.#passAppends(call),
      read: (call: ReadServerCall) => {
        this.#reads.add(new HostileRead(call, this.#streams.read(call.request), this.#plan));
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      const insecure = ServerCredentials.createInsecure();
      this.#server.bindAsync(`${HOST}:0`, insecure, (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    this.#wires = [await TcpProxy.start(port), await TcpProxy.start(port)];
  }

  #passAppends(call: BatchAppendServerCall): void {
    const surroundings = {
      plan: this.#plan,
      onAppend: () => this.#disturb(),
      leader: { host: HOST, port: this.#wires[1]?.port ?? 0 },
    };
    void new HostileBatchAppend(call, this.#streams.batchAppend(), surroundings);
  }

  #disturb(): void {
    switch (this.#plan.nextDisturbance()) {
      case 'freeze':
        this.freeze();
        this.#thawing ??= setTimeout(() => this.thaw(), this.#plan.freezeMilliseconds());
        break;
      case 'restart':
        void this.restart();
        break;
      case 'abort_live':
        this.abortLive();
        break;
      case 'cut':
        this.cut();
        break;
      case 'none':
    }
  }
}
