/** What shells add to a signal's number. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
type TerminationSignal = keyof typeof signalExitCodes;

/** The first signal asks for an orderly end; a second one, while that takes long, for any end. */
export class TerminationSignals {
  readonly received: Promise<TerminationSignal>;
  readonly #listener: (signal: TerminationSignal) => void;

  constructor() {
    let receive: (signal: TerminationSignal) => void = () => undefined;
    let isReceived = false;
    this.received = new Promise((resolve) => {
      receive = resolve;
    });
    this.#listener = (signal) => {
      if (isReceived) process.exit(signalExitCodes[signal]);
      isReceived = true;
      receive(signal);
    };
    process.on('SIGINT', this.#listener);
    process.on('SIGTERM', this.#listener);
  }

  ignore(): void {
    process.off('SIGINT', this.#listener);
    process.off('SIGTERM', this.#listener);
  }
}
