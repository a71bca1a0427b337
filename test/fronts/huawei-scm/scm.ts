/** The steps that tests of Huawei's SCM begin with: certificates to import come from the PCA of the other account. */
import { done } from '../huawei-call.ts';
import type { House } from '../house.ts';
import { rootWish, years, days, certificateWish } from '../huawei-pca/pca.ts';

export const imported = '/v3/scm/certificates';

export interface Upload {
  readonly certificate: string;
  readonly certificate_chain: string;
  readonly private_key: string;
}

/** A certificate made elsewhere. `wish` is what CreateCertificate takes. */
export async function madeElsewhere(house: House, wish: Readonly<Record<string, unknown>> = {}): Promise<Upload> {
  const as = house.stranger;
  const body = rootWish({ validity: years(20) });
  const { ca_id } = await done(house, 'POST', '/v1/private-certificate-authorities', { body, as });
  const asked = certificateWish(ca_id, { validity: days(100), ...wish });
  const { certificate_id } = await done(house, 'POST', '/v1/private-certificates', { body: asked, as });
  const form = { type: 'OTHER', is_compressed: 'false' };
  const { certificate, certificate_chain, private_key } = await done(
    house,
    'POST',
    `/v1/private-certificates/${certificate_id}/export`,
    { body: form, as },
  );
  return { certificate, certificate_chain, private_key };
}

/** Imports and gives the SCM id. */
export async function importOne(
  house: House,
  name: string,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const body = { name, ...(await madeElsewhere(house, wish)) };
  return (await done(house, 'POST', `${imported}/import`, { body })).certificate_id;
}
