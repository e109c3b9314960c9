/** Where a command writes: answers to one side, all else to the other, so that a pipe gets answers. */
export interface Terminal {
  /** Writes a line of the answer. */
  print(line: string): void;
  /** Writes a line about what is going on. */
  note(line: string): void;
  /** Whether somebody watches, so that progress may be drawn. */
  readonly isWatched: boolean;
}

export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', failUnlessUnread);
  return {
    print: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
    isWatched: process.stderr.isTTY,
  };
}

/** Who reads no further, as `head` does, is no reason to leave the work half done: it goes on unread. */
function failUnlessUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
