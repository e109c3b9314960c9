import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

/** A port of this machine on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Answers a cluster's gossip on a port: one leader, on another port of this machine. */
export async function startGossipSeed(port: number, leaderPort: number): Promise<() => void> {
  const address = new EndPoint();
  address.setAddress('127.0.0.1');
  address.setPort(leaderPort);
  const instanceId = new UUID();
  instanceId.setString(randomUUID());
  const leader = new MemberInfo();
  leader.setInstanceId(instanceId);
  leader.setTimeStamp('0');
  leader.setState(MemberInfo.VNodeState.LEADER);
  leader.setIsAlive(true);
  leader.setHttpEndPoint(address);
  const cluster = new ClusterInfo();
  cluster.setMembersList([leader]);
  const server = new Server();
  server.addService(GossipService, {
    read: (_call: unknown, answer: sendUnaryData<ClusterInfo>) => answer(null, cluster),
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return () => server.forceShutdown();
}
