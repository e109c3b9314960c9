/** How long a group gathers where it is not yet large enough. */
export interface Gathering {
  readonly milliseconds: number;
  readonly isEnough: (waiting: number) => boolean;
}

/**
 * Collects single requests and has them done together: while one group is under way the next one
 * gathers, so that a busy process asks the database once for hundreds of commands.
 */
export class RequestBatcher<Request, Answer> {
  readonly #answerAll: (requests: readonly Request[]) => Promise<readonly Answer[]>;
  readonly #groupLength: (waiting: readonly Request[]) => number;
  readonly #gathering: Gathering | undefined;
  readonly #waiting: {
    readonly request: Request;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  #isUnderWay = false;
  #onAsked: (() => void) | undefined;

  /**
   * `answerAll` answers in the order of its requests.
   *
   * @param groupLength how many of those that wait, at least one, are done together
   * @param gathering where a group should not be done as soon as it could be
   */
  constructor(
    answerAll: (requests: readonly Request[]) => Promise<readonly Answer[]>,
    groupLength: (waiting: readonly Request[]) => number,
    gathering?: Gathering,
  ) {
    this.#answerAll = answerAll;
    this.#groupLength = groupLength;
    this.#gathering = gathering;
  }

  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#onAsked?.();
      if (this.#isUnderWay) return;
      this.#isUnderWay = true;
      queueMicrotask(() => void this.#proceed());
    });
  }

  async #proceed(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#gathering !== undefined) await this.#gather(this.#gathering);
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

  async #gather({ milliseconds, isEnough }: Gathering): Promise<void> {
    if (isEnough(this.#waiting.length)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#onAsked = () => {
        if (!isEnough(this.#waiting.length)) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#onAsked = undefined;
  }
}
