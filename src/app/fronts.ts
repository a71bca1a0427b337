/** The fronts of this server, in the order in which they are asked. */
import type { Session } from '../core/session.ts';
import type { Region } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import { faults as apiFaults } from '../fronts/api/faults.ts';
import { operations as apiOperations } from '../fronts/api/operations.ts';
import { awsAcmFront, signingName as acmSigningName } from '../fronts/aws-acm/front.ts';
import { awsPcaFront, signingName as pcaSigningName } from '../fronts/aws-pca/front.ts';
import { requestRates } from '../fronts/aws-pca/quotas.ts';
import { awsStsFront, signingName as stsSigningName } from '../fronts/aws-sts/front.ts';
import { iamFront } from '../fronts/huawei-iam/front.ts';
import { pcaFront } from '../fronts/huawei-pca/front.ts';
import { scmFront } from '../fronts/huawei-scm/front.ts';
import type { Services } from '../services/bind.ts';
import { projectOf } from '../services/sessions/project-of.ts';
import type { AccessKeys } from '../wire/access-keys.ts';
import { awsJsonAuthenticator } from '../wire/aws-json/authenticate.ts';
import { awsJsonFront } from '../wire/aws-json/dispatch.ts';
import type { Front } from '../wire/front.ts';
import { awsQueryAuthenticator } from '../wire/aws-query/authenticate.ts';
import { huaweiSignIn } from '../wire/huawei-rest/authenticate.ts';
import type { ObjectLinks } from '../wire/http/object-links.ts';
import type { Log, Observe } from '../wire/observation.ts';
import type { PageTokens } from '../wire/page-token.ts';
import { admitWithin } from '../wire/request-rates.ts';
import type { LimitsName } from './config.ts';

export interface FrontNeeds {
  readonly services: Services & { readonly pageTokens: PageTokens; readonly objectLinks: ObjectLinks };
  readonly accessKeys: AccessKeys;
  readonly session: (tokenHash: string) => Promise<Session | undefined>;
  /** Where what comes through Huawei lives. */
  readonly region: Region;
  readonly limits: LimitsName;
  readonly clock: Clock;
  readonly observe: Observe;
  readonly log: Log;
}

export function frontsOf(needs: FrontNeeds): readonly Front[] {
  const { services, accessKeys, session, region, limits, clock, observe, log } = needs;
  const ports = { accessKeys, clock };
  const shared = { services, observe, log };
  const huawei = { ...shared, ...huaweiSignIn({ ...ports, session, projectOf, regions: [region] }) };
  const api = { name: 'api', targetPrefix: 'Chancery', operations: apiOperations, refused: {}, faults: apiFaults };
  const admit = limits === 'aws' ? admitWithin(requestRates, () => performance.now()) : undefined;
  return [
    awsPcaFront({ ...shared, authenticate: awsJsonAuthenticator(ports, pcaSigningName), admit }),
    awsAcmFront({ ...shared, authenticate: awsJsonAuthenticator(ports, acmSigningName) }),
    awsStsFront({ ...shared, authenticate: awsQueryAuthenticator(ports, stsSigningName) }),
    pcaFront(huawei),
    scmFront(huawei),
    // After SCM: it takes what is left of /v3/.
    iamFront(huawei),
    awsJsonFront(api, { ...shared, authenticate: awsJsonAuthenticator(ports, 'chancery') }),
  ];
}
