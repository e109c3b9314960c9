import { describe, expect, it } from 'vitest';
import { scrubCardData } from './scrub-card-data.js';

function scrubbed(text: string): string {
  return scrubCardData(Buffer.from(text, 'utf8')).body.toString('utf8');
}

describe('scrubbing card data', () => {
  it.each([
    ['{"note":"4111111111111111"}', '{"note":"************1111"}'],
    ['{"note":"card 4111 1111-1111 1111, thanks"}', '{"note":"card ************1111, thanks"}'],
    ['{"list":["378282246310005"]}', '{"list":["***********0005"]}'],
    ['{"cvv":"123","a":1}', '{"cvv":"removed","a":1}'],
    ['{"CVC2" : 123}', '{"CVC2" : "removed"}'],
    ['{"card_number": 4242424242424242}', '{"card_number": "removed"}'],
    ['{"note":"\\u0034111111111111111"}', '{"note":"************1111"}'],
    ['order,4111111111111111,10.00', 'order,************1111,10.00'],
    ['{"a":"b",":cvv":"123"}', '{"a":"b",":cvv":"removed"}'],
    ['{"c\\u0076v":"123"}', '{"c\\u0076v":"removed"}'],
    ['["cvv", {"a" : 1, "c-v-v"\n: "123"}]', '["cvv", {"a" : 1, "c-v-v"\n: "removed"}]'],
  ])('makes %s unreadable', (given, expected) => {
    expect(scrubbed(given)).toBe(expected);
    expect(scrubCardData(Buffer.from(given)).scrubbedCount).toBe(1);
  });

  it.each([
    ['a number that fails the check digit', '{"order":"4111111111111112"}'],
    ['fewer than 13 digits', '{"order":"411111111111"}'],
    ['more than 19 digits', '{"order":"41111111111111111111"}'],
    ['an id that is a JSON number', '{"id":4111111111111111}'],
    ['a nested value under a name of cards', '{"pan":{"last4":"1111"}}'],
    ['any spacing, escapes and other alphabets', '{ "näme" :\t"Zoë \\"😀\\" \\n" , "x":-1.50e3 }'],
    ['text that is no JSON', 'just words, 12'],
  ])('leaves %s byte for byte', (_, given) => {
    const result = scrubCardData(Buffer.from(given, 'utf8'));
    expect(result.body.equals(Buffer.from(given, 'utf8'))).toBe(true);
    expect(result.scrubbedCount).toBe(0);
  });

  it('leaves bytes that are no text as they are', () => {
    const bytes = Buffer.from([0, 255, 254, 128, 34, 92, 10]);
    expect(scrubCardData(bytes).body.equals(bytes)).toBe(true);
  });
});
