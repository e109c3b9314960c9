/** Wakes the one that waits; a raise that nobody waited for is kept until the next wait. */
export class Signal {
  #isRaised = false;
  #wake: (() => void) | undefined;

  raise(): void {
    this.#isRaised = true;
    this.#wake?.();
  }

  async wait(): Promise<void> {
    if (!this.#isRaised) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    this.#isRaised = false;
  }
}
