import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ProblemError } from '../problems/problem.js';
import { readableText } from '../requests/readable-text.js';
import { WritePath } from '../write-path.js';

export interface ResolvedEntry {
  readonly source: string;
  readonly digest: string;
  /** When it was resolved for the first time, RFC 3339. */
  readonly resolvedAt: string;
}

export class ResolveQuarantined extends Command<ResolvedEntry> {
  constructor(
    readonly source: string,
    readonly digest: string,
  ) {
    super();
  }
}

@CommandHandler(ResolveQuarantined)
export class ResolveQuarantinedHandler implements ICommandHandler<ResolveQuarantined> {
  constructor(private readonly writePath: WritePath) {}

  async execute({ source, digest }: ResolveQuarantined): Promise<ResolvedEntry> {
    const resolvedAt = await this.writePath.recorder.resolveQuarantined(
      readableText(source, 'source'),
      readableText(digest, 'digest'),
    );
    if (resolvedAt !== undefined) return { source, digest, resolvedAt };
    throw new ProblemError({
      code: 'quarantined_not_found',
      detail: `The quarantine has no entry of ${source} with this digest.`,
    });
  }
}
