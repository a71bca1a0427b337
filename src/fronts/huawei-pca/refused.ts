import type { RefusedOperations } from '../../wire/catalogue.ts';
import { absent } from '../../wire/huawei-rest/absent.ts';

const bought = 'nothing is sold here: every authority is on demand';
const quota = 'there are no quotas';
const revocation = 'revocation, CRL and OCSP are not offered yet';
const tags = 'tags through this API are not offered yet';
const obs = 'there is no object storage to grant access to before CRLs are published';
const parse = 'not offered yet';
const console = "it configures the vendor's own console";

/** What CCM's PCA has and this front has not, each with its reason. */
export const refused: RefusedOperations = {
  CreateCertificateAuthorityOrder: absent('POST', '/v1/private-certificate-authorities/order', bought),
  ShowCertificateAuthorityQuota: absent('GET', '/v1/private-certificate-authorities/quotas', quota),
  RevokeCertificateAuthority: absent('POST', '/v1/private-certificate-authorities/{ca_id}/revoke', revocation),
  EnableCertificateAuthorityCrl: absent('POST', '/v1/private-certificate-authorities/{ca_id}/crl/enable', revocation),
  DisableCertificateAuthorityCrl: absent('POST', '/v1/private-certificate-authorities/{ca_id}/crl/disable', revocation),
  UpdateOcspSwitch: absent('POST', '/v1/private-certificate-authorities/{ca_id}/ocsp/switch', revocation),
  ParseCertificateSigningRequest: absent('POST', '/v1/private-certificates/csr/parse', parse),
  ShowCertificateQuota: absent('GET', '/v1/private-certificates/quotas', quota),
  RevokeCertificate: absent('POST', '/v1/private-certificates/{certificate_id}/revoke', revocation),
  BatchCreateCaTags: absent('POST', '/v1/private-certificate-authorities/{ca_id}/tags/create', tags),
  BatchCreateCertTags: absent('POST', '/v1/private-certificates/{certificate_id}/tags/create', tags),
  BatchDeleteCaTags: absent('DELETE', '/v1/private-certificate-authorities/{ca_id}/tags/delete', tags),
  BatchDeleteCertTags: absent('DELETE', '/v1/private-certificates/{certificate_id}/tags/delete', tags),
  CountCaResourceInstances: absent('POST', '/v1/private-certificate-authorities/resource-instances/count', tags),
  CountCertResourceInstances: absent('POST', '/v1/private-certificates/resource-instances/count', tags),
  CreateAgency: absent('POST', '/v1/private-certificate-authorities/agencies', obs),
  CreateCaTag: absent('POST', '/v1/private-certificate-authorities/{ca_id}/tags', tags),
  CreateCertTag: absent('POST', '/v1/private-certificates/{certificate_id}/tags', tags),
  CreateCertificateAuthorityObsAgency: absent('POST', '/v1/private-certificate-authorities/obs/agencies', obs),
  ListCaResourceInstances: absent('POST', '/v1/private-certificate-authorities/resource-instances/filter', tags),
  ListCaTags: absent('GET', '/v1/private-certificate-authorities/{ca_id}/tags', tags),
  ListCertResourceInstances: absent('POST', '/v1/private-certificates/resource-instances/filter', tags),
  ListCertTags: absent('GET', '/v1/private-certificates/{certificate_id}/tags', tags),
  ListCertificateAuthorityObsBucket: absent('GET', '/v1/private-certificate-authorities/obs/buckets', obs),
  ListDomainCaTags: absent('GET', '/v1/private-certificate-authorities/tags', tags),
  ListDomainCertTags: absent('GET', '/v1/private-certificates/tags', tags),
  ShowAgency: absent('GET', '/v1/private-certificate-authorities/agency', obs),
  ShowCertificateAuthorityObsAgency: absent('GET', '/v1/private-certificate-authorities/obs/agencies', obs),
  ShowConsoleConfig: absent('GET', '/v1/pca/config/console', console),
};
