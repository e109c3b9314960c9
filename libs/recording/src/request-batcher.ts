import { setTimeout as pause } from 'node:timers/promises';

/**
 * Collects single requests and has them done together: while one group is under way the next one
 * gathers, so that a busy process asks the database once for hundreds of commands.
 */
export class RequestBatcher<Request, Answer> {
  readonly #answerAll: (requests: readonly Request[]) => Promise<readonly Answer[]>;
  readonly #groupLength: (waiting: readonly Request[]) => number;
  readonly #gatherMilliseconds: number;
  readonly #waiting: {
    readonly request: Request;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  #isUnderWay = false;

  /**
   * `answerAll` answers in the order of its requests.
   *
   * @param groupLength how many of those that wait, at least one, are done together
   * @param gatherMilliseconds how long a group gathers before it is done, where nobody is in a hurry
   */
  constructor(
    answerAll: (requests: readonly Request[]) => Promise<readonly Answer[]>,
    groupLength: (waiting: readonly Request[]) => number,
    gatherMilliseconds = 0,
  ) {
    this.#answerAll = answerAll;
    this.#groupLength = groupLength;
    this.#gatherMilliseconds = gatherMilliseconds;
  }

  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (this.#isUnderWay) return;
      this.#isUnderWay = true;
      queueMicrotask(() => void this.#proceed());
    });
  }

  async #proceed(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#gatherMilliseconds > 0) await pause(this.#gatherMilliseconds);
      const group = this.#waiting.splice(
        0,
        this.#groupLength(this.#waiting.map(({ request }) => request)),
      );
      try {
        const answers = await this.#answerAll(group.map(({ request }) => request));
        group.forEach(({ resolve, reject }, index) => {
          const answer = answers[index];
          if (answer === undefined) reject(new Error('A request of a group was left unanswered.'));
          else resolve(answer);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isUnderWay = false;
  }
}
