import { fstatSync } from 'node:fs';

const pollMilliseconds = 250;

/**
 * Tells once that the process which started this one has ended: its end of a pipe to standard input
 * closes, or another process becomes the parent. It keeps nothing running.
 */
export function whenParentEnds(onEnd: () => void): void {
  const parent = process.ppid;
  let isTold = false;
  const tell = (): void => {
    if (isTold) return;
    isTold = true;
    clearInterval(timer);
    onEnd();
  };
  const timer = setInterval(() => {
    if (process.ppid !== parent) tell();
  }, pollMilliseconds).unref();
  if (isPipe(0)) {
    process.stdin.once('end', tell).once('error', tell).resume();
    if ('unref' in process.stdin) process.stdin.unref();
  }
}

/** Whether somebody holds the other end of standard input, rather than a terminal or a file. */
function isPipe(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFIFO() || status.isSocket();
  } catch {
    return false;
  }
}
