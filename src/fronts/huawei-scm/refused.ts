import type { RefusedOperations } from '../../wire/catalogue.ts';
import { absent } from '../../wire/huawei-rest/absent.ts';

const deploy = 'there are no load balancers, CDN or WAF to push certificates to';
const bought = 'nothing is sold here: certificates are imported, or issued by a private authority';
const csr = 'keeping CSRs is not offered yet';
const tags = 'tags through this API are not offered yet';
const notice = 'notices before a certificate ends are not offered yet';

/** What CCM's SCM has and this front has not, each with its reason. */
export const refused: RefusedOperations = {
  PushCertificate: absent('POST', '/v3/scm/certificates/{certificate_id}/push', deploy),
  BatchPushCertificate: absent('POST', '/v3/scm/certificates/{certificate_id}/batch-push', deploy),
  DeployCertificate: absent('POST', '/v3/scm/certificates/{certificate_id}/deploy', deploy),
  ListDeployedResources: absent('POST', '/v3/scm/deployed-resources', deploy),
  SubscribeCertificate: absent('POST', '/v3/scm/certificates/buy', bought),
  ApplyCertificate: absent('POST', '/v3/scm/certificates/{certificate_id}/apply', bought),
  CancelCertificateRequest: absent('POST', '/v3/scm/certificates/{certificate_id}/cancel-cert', bought),
  UnsubscribeCertificate: absent('DELETE', '/v3/scm/certificates/{cert_id}/unsubscribe', bought),
  CreateCsr: absent('POST', '/v3/scm/csr', csr),
  UploadCsr: absent('POST', '/v3/scm/csr/upload', csr),
  ListCsr: absent('GET', '/v3/scm/csr', csr),
  ShowCsr: absent('GET', '/v3/scm/csr/{id}', csr),
  UpdateCsr: absent('PUT', '/v3/scm/csr/{id}', csr),
  DeleteCsr: absent('DELETE', '/v3/scm/csr/{id}', csr),
  ShowCsrPrivateKey: absent('GET', '/v3/scm/csr/{id}/private-key', csr),
  BatchCreateOrDeleteTags: absent('POST', '/v3/scm/{resource_id}/tags/action', tags),
  CreateCertificateTag: absent('POST', '/v3/scm/{resource_id}/tags', tags),
  DisableNotification: absent('POST', '/v3/scm/notification/disable', notice),
  EnableNotification: absent('POST', '/v3/scm/notification/enable', notice),
  ListAllTags: absent('GET', '/v3/scm/tags', tags),
  ListCertificatesByTag: absent('POST', '/v3/scm/{resource_instances}/action', tags),
  ListTagsByCertificate: absent('GET', '/v3/scm/{resource_id}/tags', tags),
};
