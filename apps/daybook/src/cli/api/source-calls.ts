import type { QuarantineEntry } from '#recording';
import type { Completeness } from '../../../../../projections/source-control/v1/completeness.js';
import type { ResolvedEntry } from '../../http/quarantine/resolve-quarantined.command.js';
import type { Page } from '../../http/requests/page.js';
import type { AuthorityAnswer } from '../../http/sources/list-authority.query.js';
import { pathSegment } from '../http-request.js';
import type { ApiConnection } from './connection.js';

/** The systems that report: how far they are believed, what they sent, and what was not understood. */
export class SourceCalls {
  constructor(private readonly connection: ApiConnection) {}

  authority(): Promise<AuthorityAnswer> {
    return this.connection.read('/v1/authority');
  }

  completeness(source?: string, day?: string): Promise<Page<Completeness>> {
    return this.connection.readAll('/v1/completeness', { source, day });
  }

  quarantine(): Promise<Page<QuarantineEntry>> {
    return this.connection.readAll('/v1/quarantine', {});
  }

  resolveQuarantined(source: string, digest: string): Promise<ResolvedEntry> {
    const path = `/v1/quarantine/${pathSegment(source)}/${pathSegment(digest)}/resolve`;
    return this.connection.post(path);
  }
}
