import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ScheduledStep, StepSchedule } from './step-schedule.js';

type Step = ScheduledStep<string, string>;

const delivery = (name: string, stream?: string, mayOvertake = () => false): Step => ({
  kind: 'delivery',
  delivery: name,
  stream,
  mayOvertake: (waiting) => waiting.length === 0 || mayOvertake(),
});
const command = (name: string, stream: string): Step => ({
  kind: 'command',
  command: name,
  stream,
});

/** Carries out steps and tells in which order they began and ended; `turns` says how long one takes. */
async function carryOut(steps: readonly Step[], turns: (name: string) => number = () => 1) {
  const log: string[] = [];
  const requests: number[] = [];
  const during = async (names: readonly string[]): Promise<void> => {
    log.push(...names.map((name) => `begin ${name}`));
    for (let turn = turns(names[0] ?? ''); turn > 0; turn -= 1) await setImmediate();
    log.push(...names.map((name) => `end ${name}`));
  };
  const schedule = new StepSchedule<string, string>({
    record: async (names) => {
      requests.push(names.length);
      await during(names);
    },
    decide: (name) => during([name]),
  });
  for (const step of steps) await schedule.add(step);
  await schedule.end();
  return { log, requests };
}

const nameOf = (step: Step): string => (step.kind === 'command' ? step.command : step.delivery);

describe('steps', () => {
  it('of one stream are carried out in their order, whatever takes how long', async () => {
    const kinds = fc.record({ isCommand: fc.boolean(), stream: fc.constantFrom('a', 'b', 'c') });
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 60 }), fc.nat(), async (drawn, seed) => {
        const steps = drawn.map(({ isCommand, stream }, index) =>
          isCommand ? command(`c${index}`, stream) : delivery(`d${index}`, stream),
        );
        const { log } = await carryOut(steps, (name) => (Number(name.slice(1)) * 7 + seed) % 5);
        expect(log).toHaveLength(2 * steps.length);
        for (const [index, later] of steps.entries()) {
          for (const earlier of steps.slice(0, index)) {
            const isOrdered = earlier.kind === 'command' || later.kind === 'command';
            if (earlier.stream !== later.stream || !isOrdered) continue;
            const [end, begin] = [`end ${nameOf(earlier)}`, `begin ${nameOf(later)}`];
            expect(log.indexOf(end)).toBeLessThan(log.indexOf(begin));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('of different streams do not wait for each other', async () => {
    const steps = [command('slow', 'a'), delivery('behind', 'a'), command('quick', 'b')];
    const { log } = await carryOut(steps, (name) => (name === 'slow' ? 20 : 1));
    expect(log.indexOf('end quick')).toBeLessThan(log.indexOf('end slow'));
  });

  it('that may overtake the commands before them do', async () => {
    const steps = [
      command('first', 'a'),
      delivery('issue', 'a', () => true),
      delivery('count', 'a'),
    ];
    const { log } = await carryOut(steps, (name) => (name === 'first' ? 20 : 1));
    expect(log.indexOf('end issue')).toBeLessThan(log.indexOf('end first'));
    expect(log.indexOf('begin count')).toBeGreaterThan(log.indexOf('end first'));
  });

  it('travel in full requests where there are enough', async () => {
    const steps = Array.from({ length: 900 }, (_, index) => delivery(`d${index}`));
    const { requests } = await carryOut(steps);
    expect(requests).toEqual([200, 200, 200, 200, 100]);
  });

  it('end with what the first of them failed with', async () => {
    const schedule = new StepSchedule<string, string>({
      record: async () => undefined,
      decide: async (name) => {
        throw new Error(`${name} was lost`);
      },
    });
    await schedule.add(command('c1', 'a'));
    await schedule.add(delivery('d1', 'a'));
    await expect(schedule.end()).rejects.toThrow('c1 was lost');
  });
});
