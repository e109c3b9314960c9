/** What is left to promise of each article at a node, as the simulation intends it. */
export class StockRoom {
  readonly #available = new Map<string, number>();

  receive(sku: string, node: string, units: number): void {
    this.#available.set(keyOf(sku, node), this.availableOf(sku, node) + units);
  }

  availableOf(sku: string, node: string): number {
    return this.#available.get(keyOf(sku, node)) ?? 0;
  }

  /** Takes units to promise, or returns false and takes none. */
  take(sku: string, node: string, units: number): boolean {
    const available = this.availableOf(sku, node);
    if (units > available) return false;
    this.#available.set(keyOf(sku, node), available - units);
    return true;
  }
}

function keyOf(sku: string, node: string): string {
  return JSON.stringify([sku, node]);
}
