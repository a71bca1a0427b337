import type { Services } from '../../services/bind.ts';
import { type HuaweiHouse, huaweiFront } from '../../wire/huawei-rest/dispatch.ts';
import type { Front } from '../../wire/front.ts';
import type { Refusal } from '../../wire/refusal.ts';
import type { Violation } from '../../wire/violation.ts';
import { faults } from './faults.ts';
import { operations } from './operations.ts';
import { incorrect, notPermitted, type PcaCode, refused as refusedWith } from './refusals.ts';
import { refused } from './refused.ts';

/** CCM's PCA for a house. */
export function pcaFront(house: HuaweiHouse<Services>): Front {
  return huaweiFront(
    {
      name: 'huawei-pca',
      prefixes: ['/v1/private-', '/v1/pca/'],
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

/** Members whose violations have a code of their own. */
const members: Readonly<Record<string, PcaCode>> = {
  distinguished_name: 'PCA.00020101',
  key_algorithm: 'PCA.00020102',
  signature_algorithm: 'PCA.00020103',
  validity: 'PCA.00020109',
  issuer_id: 'PCA.00020201',
  path_length: 'PCA.00020203',
};

function unreadable(violations: readonly Violation[]): Refusal {
  const names = [...new Set(violations.map(({ path }) => String(path[0] ?? 'body')))];
  const code = names.map((name) => (Object.hasOwn(members, name) ? members[name] : undefined))[0];
  return code === undefined ? incorrect(`Check ${names.join(', ')}.`) : refusedWith(code);
}
