import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type pg from 'pg';
import { openPool } from '../../doubles/open-pool.js';

/**
 * What becomes of a COMMIT: its answer is lost; it is lost itself, with its connection; or it is, and
 * arrives after all once `deliver` is called, of a client that has long gone.
 */
export type CommitFault = 'answer_lost' | 'request_lost' | 'request_late';

/** A way to a server that can be cut, and on which the next COMMIT can be lost. */
export class Wire {
  /** How many COMMITs were lost. */
  lost = 0;
  /** Sends on a COMMIT that is late. */
  deliver: () => void = () => undefined;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private open = true;
  private fault: CommitFault | undefined;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.server = createServer((near) => {
      if (this.open) this.join(near, connect(target));
      else near.destroy();
    });
  }

  /** Runs work with a wire to the server of an address, and a pool whose connections go through it. */
  static async to(
    connectionString: string,
    work: (wire: Wire, wired: pg.Pool) => Promise<void>,
  ): Promise<void> {
    const url = new URL(connectionString);
    const wire = new Wire({ host: url.hostname, port: Number(url.port) });
    wire.server.listen(0, '127.0.0.1');
    await once(wire.server, 'listening');
    url.hostname = '127.0.0.1';
    url.port = String((wire.server.address() as AddressInfo).port);
    const wired = openPool({ connectionString: url.href });
    try {
      await work(wire, wired);
    } finally {
      await wired.end();
      wire.cut();
      wire.server.close();
    }
  }

  cut(): void {
    this.open = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.open = true;
  }

  loseNextCommit(fault: CommitFault): void {
    this.fault = fault;
  }

  private join(near: Socket, far: Socket): void {
    let isMute = false;
    let ends = [near, far];
    near.on('data', (bytes) => {
      const fault = bytes.includes('COMMIT') ? this.fault : undefined;
      if (fault === undefined) {
        far.write(bytes);
        return;
      }
      this.fault = undefined;
      this.lost += 1;
      if (fault === 'answer_lost') {
        isMute = true;
        far.write(bytes);
        return;
      }
      // What is late keeps its connection to the server, as where only one way is broken.
      if (fault === 'request_late') {
        ends = [near];
        this.deliver = () => far.end(bytes);
      }
      near.destroy();
    });
    far.on('data', (bytes) => {
      if (isMute) near.destroy();
      else near.write(bytes);
    });
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        for (const end of socket === far ? [near] : ends) end.destroy();
      });
    }
  }
}
