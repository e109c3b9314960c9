import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire that can be frozen and cut, between a client and a node on this machine. */
export class TcpProxy {
  /** Bytes the node has sent through to clients. */
  bytesToClients = 0;
  private readonly sockets = new Set<Socket>();
  private isFrozen = false;

  private constructor(
    private readonly server: Server,
    private readonly nodePort: number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async start(nodePort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(createServer(), nodePort);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** From now on nothing passes, in either direction, and nobody is told. */
  freeze(): void {
    this.isFrozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What was held back goes on, and so does everything after it. */
  thaw(): void {
    this.isFrozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Breaks every connection; new ones may be made. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.cut();
    await closed;
  }

  private join(client: Socket): void {
    const node = connect(this.nodePort, '127.0.0.1');
    for (const [from, to] of [
      [client, node],
      [node, client],
    ] as const) {
      this.sockets.add(from);
      if (this.isFrozen) from.pause();
      from.on('data', (bytes) => {
        if (from === node) this.bytesToClients += bytes.length;
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (!this.isFrozen) from.resume();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
