import type { Caller } from '../../core/account.ts';
import type { Services } from '../../services/bind.ts';
import type { Destination } from '../../wire/authenticator.ts';
import type { Front } from '../../wire/front.ts';
import { type HuaweiHouse, huaweiFront } from '../../wire/huawei-rest/dispatch.ts';
import type { ShownCredential } from '../../wire/operation.ts';
import { Refusal } from '../../wire/refusal.ts';
import type { WireRequest } from '../../wire/request.ts';
import { faults } from './faults.ts';
import { operations } from './operations.ts';
import { invalidBody, refused, wrongPassword } from './refusals.ts';

type IamHouse = HuaweiHouse<Services> & { readonly signIn: NonNullable<HuaweiHouse<Services>['signIn']> };

/** Huawei's IAM for a house. All of `/v3/` that is no other front's belongs to it, so ask it after SCM. */
export function iamFront(house: IamHouse): Front {
  return huaweiFront(
    {
      name: 'huawei-iam',
      prefixes: ['/v3/', '/v3.0/'],
      operations,
      refused: {},
      faults,
      malformed: invalidBody,
      unreadable: invalidBody,
      denied: () => refused(403, 'You are not authorized to perform the requested action.'),
    },
    { ...house, signIn: (request, to, shown) => signIn(house, request, to, shown) },
  );
}

/** By the signature where there is one, and then the body may name only the same key; else by the body's secret. */
async function signIn(house: IamHouse, request: WireRequest, to: Destination, shown: ShownCredential): Promise<Caller> {
  try {
    if (request.headers.get('authorization') === undefined) return await house.signIn(request, to, shown);
    const caller = await house.authenticate(request, to);
    if (shown.accessKey === '' || shown.accessKey === caller.accessKey) return caller;
  } catch (cause) {
    // The gateway's refusal in IAM's own document.
    if (cause instanceof Refusal) throw refused(401, cause.message);
    throw cause;
  }
  throw wrongPassword();
}
