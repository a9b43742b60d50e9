import { describe, expect, it } from 'vitest';
import { withProperties } from '../../test/documents.js';
import { lintFolder } from '../../test/lint-folder.js';

const reason = 'The service spells it like that and nobody can change it.';
const until = '2027-12-31';
const undescribed = withProperties({ name: { type: 'string' } });

interface Given {
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly exceptions?: readonly unknown[];
  readonly files?: Readonly<Record<string, unknown>>;
}

async function problemsWith({ rules = {}, exceptions = [], files = {} }: Given): Promise<readonly string[]> {
  const [problems] = await lintFolder({
    files: { 'openapi.yaml': undescribed, 'lint-exceptions.yaml': { exceptions }, ...files },
    rules: { ...rules, 'fg/lint-exceptions': { severity: 'error', today: '2026-11-01' } },
    documents: ['openapi.yaml'],
  });
  return (problems ?? []).map(({ file, message }) => `${file}: ${message}`);
}
const at = (message: string): string => `lint-exceptions.yaml: ${message}`;
const prose = { 'fg/prose': 'error' };
const off = { 'info-contact': 'off' };

describe('fg/lint-exceptions', () => {
  it.concurrent.each<{ name: string; given: Given; want: readonly string[] }>([
    { name: 'nothing off and nothing excused passes', given: {}, want: [] },
    { name: 'a rule that is off with its reason passes', given: { rules: off, exceptions: [{ rule: 'info-contact', reason, until }] }, want: [] },
    {
      name: 'a place that is excused with its reason passes',
      given: { rules: prose, exceptions: [{ rule: 'fg/prose', where: 'openapi.yaml#/components/schemas/Thing', reason, until }] },
      want: [],
    },
    {
      name: 'a rule that is off without an entry is reported',
      given: { rules: off },
      want: [at('info-contact is not at error, and lint-exceptions.yaml does not say why; switch it on or add an entry with rule, reason and until.')],
    },
    {
      name: 'a rule that only warns without an entry is reported',
      given: { rules: { 'info-license': 'warn' }, files: { 'openapi.yaml': { ...undescribed, info: { title: 'A', version: '1', license: {} } } } },
      want: [at('info-license is not at error, and lint-exceptions.yaml does not say why; switch it on or add an entry with rule, reason and until.')],
    },
    {
      name: 'an entry past its date is reported',
      given: { rules: off, exceptions: [{ rule: 'info-contact', reason, until: '2026-11-01' }] },
      want: [at('info-contact: the exception ended on 2026-11-01; solve what it hides, or give a new reason and date.')],
    },
    {
      name: 'an entry without a date is reported',
      given: { rules: off, exceptions: [{ rule: 'info-contact', reason }] },
      want: [at('info-contact: `until` is no date; write the day on which the exception ends, as YYYY-MM-DD.')],
    },
    {
      name: 'an entry without a real reason is reported',
      given: { rules: off, exceptions: [{ rule: 'info-contact', reason: 'later', until }] },
      want: [at('info-contact: the reason is no sentence; say why the rule does not fit, with a capital and a period.')],
    },
    {
      name: 'an entry for a rule that is on is reported',
      given: { rules: { 'no-identical-paths': 'error' }, exceptions: [{ rule: 'no-identical-paths', reason, until }] },
      want: [at('no-identical-paths: the rule is on, so nothing needs this entry; remove it.')],
    },
    {
      name: 'an entry for an unknown rule is reported',
      given: { exceptions: [{ rule: 'no-such-rule', reason, until }] },
      want: [at('no-such-rule: no such rule is configured in redocly.yaml; correct the name or remove the entry.')],
    },
    {
      name: 'a place that needs no excuse is reported',
      given: { rules: { 'fg/response-example': 'error' }, exceptions: [{ rule: 'fg/response-example', where: ['paths/a.yaml'], reason, until }] },
      want: [at('fg/response-example: nothing at paths/a.yaml needs this entry; remove that place.')],
    },
    {
      name: "a place of one of Redocly's own rules is reported",
      given: { rules: { 'no-identical-paths': 'error' }, exceptions: [{ rule: 'no-identical-paths', where: '#/paths', reason, until }] },
      want: [at('no-identical-paths: only rules of this project can be excused at a place; remove `where` or the entry.')],
    },
    {
      name: 'an ignore file is reported',
      given: { files: { '.redocly.lint-ignore.yaml': {} } },
      want: [
        at('.redocly.lint-ignore.yaml hides problems without a reason; delete it and write entries into lint-exceptions.yaml.'),
      ],
    },
  ])('$name', async ({ given, want }) => {
    expect(await problemsWith(given)).toEqual(want);
  });
});
