import type { DocumentLineKind } from '#events';

/** Every code of the source that is no goods. What is done by hand is a charge, whatever for. */
const kindByCode: ReadonlyMap<string, DocumentLineKind> = new Map([
  ['POST', 'shipping'],
  ['DOT', 'shipping'],
  ['C2', 'shipping'],
  ['BANK CHARGES', 'fee'],
  ['AMAZONFEE', 'fee'],
  ['M', 'fee'],
  ['m', 'fee'],
  ['S', 'fee'],
  ['D', 'discount'],
]);

/** Goods have five digits, with letters behind them where there are variants, or begin with DCG. */
const goodsPattern = /^(?:\d{5}[A-Za-z]{0,2}|DCG[A-Z0-9]+)$/;
const giftCardPattern = /^gift_\d{4}_\d+$/;

/** What a stock code stands for, or undefined where the channel does not know it. */
export function kindOfStockCode(code: string): DocumentLineKind | undefined {
  const kind = kindByCode.get(code);
  if (kind !== undefined) return kind;
  if (giftCardPattern.test(code)) return 'gift_card';
  return goodsPattern.test(code) ? 'goods' : undefined;
}
