import { ProjectorStatus } from './projector-status.js';

/** The projectors of this process, by the generation each of them writes. */
export class ProjectorStatuses {
  private readonly statuses = new Map<number, ProjectorStatus>();

  /** What is known of a projector that is started now. */
  begin(generation: number): ProjectorStatus {
    const status = new ProjectorStatus();
    this.statuses.set(generation, status);
    return status;
  }

  /** A projector that was stopped on purpose says nothing any more, and that is no freeze. */
  end(generation: number): void {
    this.statuses.delete(generation);
  }

  of(generation: number): ProjectorStatus | undefined {
    return this.statuses.get(generation);
  }

  get all(): readonly ProjectorStatus[] {
    return [...this.statuses.values()];
  }
}
