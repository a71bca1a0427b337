import type { Services } from '../../services/bind.ts';
import type { Front } from '../../wire/front.ts';
import { type HuaweiHouse, huaweiFront } from '../../wire/huawei-rest/dispatch.ts';
import type { Refusal } from '../../wire/refusal.ts';
import type { Violation } from '../../wire/violation.ts';
import { faults } from './faults.ts';
import { operations } from './operations.ts';
import { incorrect, notPermitted, refused as refusedWith, type ScmCode } from './refusals.ts';
import { refused } from './refused.ts';

/** CCM's SCM for a house. */
export function scmFront(house: HuaweiHouse<Services>): Front {
  return huaweiFront(
    {
      name: 'huawei-scm',
      prefixes: ['/v3/scm/'],
      operations,
      refused,
      faults,
      malformed: (what) => incorrect(`${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`),
      unreadable,
      denied: notPermitted,
    },
    house,
  );
}

/** Members whose absence or shape has a code of its own. */
const members: Readonly<Record<string, ScmCode>> = {
  name: 'SCM.0032',
  certificate: 'SCM.0054',
  private_key: 'SCM.0059',
};

function unreadable(violations: readonly Violation[]): Refusal {
  const names = [...new Set(violations.map(({ path }) => String(path[0] ?? 'body')))];
  const missing = violations.find(({ rule, path }) => rule.kind === 'required' && String(path[0]) in members);
  const code = missing === undefined ? undefined : members[String(missing.path[0])];
  return code === undefined ? incorrect(`Check ${names.join(', ')}.`) : refusedWith(code);
}
