import { shape } from '../../wire/huawei-rest/shapes.ts';
import { authorityView } from './authority-view.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';

/** One authority, also an intermediate whose key its owner keeps. CCM API Reference, ShowCertificateAuthority. */
export const showCertificateAuthority = operation({
  name: 'ShowCertificateAuthority',
  method: 'GET',
  path: '/v1/private-certificate-authorities/{ca_id}',
  input: shape({ ca_id: caId }),
  action: ({ ca_id }, caller) => onCa('pca:ca:get', 'read', caller, ca_id),
  run: ({ ca_id }, { services, caller }) => services.findAuthority(caller, ca_id),
  view: (authority, _, { services, caller }) => authorityView(authority, caller, services.now()),
});
