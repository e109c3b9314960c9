/* A hostile node with its log, in a process of its own: what it costs is not the projector's. */
import { HostileNode } from '../../../doubles/hostile-node.js';
import type { NodeStart, NodeWords } from './messages.js';

const { seed, liveEventsMax } = JSON.parse(process.argv[2] ?? '{}') as NodeStart;
const node = await HostileNode.start({ seed, plan: { liveEventsMax } });
const say = (words: NodeWords): void => void process.send?.(words);

process.once('message', () => {
  void node.stop().then(() => {
    const { abortedSubscriptions } = node.counters;
    const { user, system } = process.cpuUsage();
    say({ kind: 'stopped', abortedSubscriptions, cpuMicroseconds: user + system });
    process.disconnect();
  });
});
const { connectionString, calmConnectionString } = node;
say({ kind: 'listening', connectionString, calmConnectionString });
