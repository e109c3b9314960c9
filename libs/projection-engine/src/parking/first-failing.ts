/**
 * The length of the shortest prefix that fails, of a list that fails as a whole while nothing of it
 * does not. Where more and less of the list fail by turns it is one at which failing begins.
 *
 * @param fails asked about ⌈log2(length)⌉ prefixes
 */
export async function firstFailing(
  length: number,
  fails: (prefix: number) => Promise<boolean>,
): Promise<number> {
  let good = 0;
  let bad = length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (await fails(middle)) bad = middle;
    else good = middle;
  }
  return bad;
}
