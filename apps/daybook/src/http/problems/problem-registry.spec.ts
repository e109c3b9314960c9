import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { factRefusals } from '#events';
import { generationRefusals } from '#projection-engine';
import { writeRefusals } from '#recording';
import { problemDocument } from './problem.js';
import { problemPage } from './problem-page.js';
import { problemCodeOf, problemCodes, problemDefinitionOf } from './problem-registry.js';
import { requestProblems } from './request-problems.js';

describe('the problem registry', () => {
  it.each(problemCodes)('says of %s what is wrong and what to do', (code) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const { status, text, remedy } = problemDefinitionOf(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('has every code of every library', () => {
    const registries = [factRefusals, writeRefusals, generationRefusals, requestProblems];
    const codes = registries.flatMap((each) => Object.keys(each));
    expect(problemCodes).toEqual([...new Set(codes)].sort());
  });

  it('does not let two libraries mean different things by one code', () => {
    const own = Object.keys(requestProblems);
    const others = [factRefusals, writeRefusals, generationRefusals].flatMap((each) =>
      Object.keys(each),
    );
    expect(own.filter((code) => others.includes(code))).toEqual([]);
  });

  it('refuses a code that nobody registered', () => {
    expect(() => problemCodeOf('toString')).toThrow('missing in the problem registry');
  });
});

describe('a problem', () => {
  it('is a document of RFC 9457 with its code and field', () => {
    const parts = { code: 'cursor_invalid', detail: 'It is none.', field: 'cursor' } as const;
    expect(problemDocument({ ...parts, extensions: { status: 200, checks: {} } })).toEqual({
      type: '/problems/cursor_invalid',
      title: 'The cursor is none of this list.',
      status: 400,
      detail: 'It is none.',
      code: 'cursor_invalid',
      field: 'cursor',
      checks: {},
    });
  });

  it('is explained on the page its type points to', () => {
    const page = problemPage();
    for (const code of problemCodes) expect(page).toContain(`id="${code}"`);
  });
});
