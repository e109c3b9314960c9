/** Bounds what is in flight in bytes; who comes when it is full waits in the order of arrival. */
export class BytesInFlight {
  private bytes = 0;
  private readonly waiting: { readonly bytes: number; readonly enter: () => void }[] = [];

  constructor(private readonly bytesMax: number) {}

  /** Resolves when there is room; one larger than the bound goes alone. */
  enter(bytes: number): Promise<void> {
    if (this.waiting.length === 0 && this.hasRoom(bytes)) {
      this.bytes += bytes;
      return Promise.resolve();
    }
    return new Promise((enter) => {
      this.waiting.push({ bytes, enter });
    });
  }

  leave(bytes: number): void {
    this.bytes -= bytes;
    for (let next = this.waiting[0]; next && this.hasRoom(next.bytes); next = this.waiting[0]) {
      this.waiting.shift();
      this.bytes += next.bytes;
      next.enter();
    }
  }

  private hasRoom(bytes: number): boolean {
    return this.bytes === 0 || this.bytes + bytes <= this.bytesMax;
  }
}
