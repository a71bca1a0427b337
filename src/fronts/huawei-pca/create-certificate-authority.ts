import type { Caller } from '../../core/account.ts';
import type { AuthorityId } from '../../core/ids.ts';
import type { HashAlgorithm, KeyAlgorithm } from '../../core/key.ts';
import type { Services } from '../../services/bind.ts';
import type { Certification } from '../../services/certify-authority.ts';
import { anything, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { keyAlgorithm, signatureBy, signatureHash } from './algorithms.ts';
import { authorityMembers } from './authority-wish.ts';
import { assertCrlSign } from './crl-configuration.ts';
import { authorityName } from './distinguished-name.ts';
import { optionalIssuerId } from './ids.ts';
import { authorityUsages } from './key-usages.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { gone, refused } from './refusals.ts';
import { type AskedValidity, otherYears, rootYears, termFor, validity } from './validity.ts';

/** ROOT, SUBORDINATE; anything else and nothing at all have a code that no other operation's `type` has. */
const authorityType = decoded(anything(), (given) => {
  if (given === 'ROOT' || given === 'SUBORDINATE') return given;
  throw refused('PCA.00020202');
});

/**
 * A root, active at once; a subordinate, active at once when issuer, hash and validity are all given, else pending.
 * CCM API Reference, CreateCertificateAuthority.
 */
export const createCertificateAuthority = operation({
  name: 'CreateCertificateAuthority',
  method: 'POST',
  path: '/v1/private-certificate-authorities',
  input: shape({
    type: optional(authorityType),
    distinguished_name: authorityName,
    key_algorithm: keyAlgorithm,
    validity: optional(validity),
    issuer_id: optional(optionalIssuerId),
    signature_algorithm: optional(signatureHash),
    /** Only for a bought authority; there are none here. */
    ca_id: optional(text()),
    ...authorityMembers,
    /** A root's is ignored, also the 7 that showing it reports. */
    path_length: optional(anything()),
  }),
  action: (_, caller) => onCa('pca:ca:create', 'write', caller),
  run: async (input, { services, caller }) => {
    const isRoot = input.type === 'ROOT';
    // The service ignores what a root's request says about usages.
    const keyUsages = (isRoot ? undefined : input.key_usages) ?? authorityUsages;
    const { key_algorithm, signature_algorithm, validity: asked, crl_configuration } = input;
    if (input.type === undefined) throw refused('PCA.00020202');
    if ((input.ca_id ?? '') !== '') throw gone();
    if (key_algorithm === undefined) throw refused('PCA.00020102');
    assertCrlSign(crl_configuration, keyUsages);
    const wish = { ...input, key_algorithm, keyUsages, hash: signature_algorithm, asked };
    const pathLength = isRoot ? undefined : pathLengthOf(input.path_length);
    return services.createAuthority(caller, {
      type: isRoot ? 'root' : 'subordinate',
      subject: input.distinguished_name,
      keyAlgorithm: key_algorithm,
      signatureAlgorithm: signatureBy({ keyAlgorithm: key_algorithm }, signature_algorithm ?? 'SHA256'),
      keyUsages,
      csrExtensions: [],
      usageMode: 'general',
      vendor: {
        huawei: {
          enterpriseProject: input.enterprise_project_id,
          crlConfiguration: crl_configuration,
          pathLength,
        },
      },
      tags: [],
      sign: isRoot ? rootCertification(wish, services) : await issuedCertification(wish, services, caller, pathLength),
    });
  },
  view: (id) => ({ ca_id: id }),
});

function pathLengthOf(given: unknown): number {
  if (given === undefined) return 0;
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= 6) return given;
  throw refused('PCA.00020203');
}

interface Wish {
  readonly key_algorithm: KeyAlgorithm;
  readonly issuer_id?: AuthorityId | undefined;
  readonly hash: HashAlgorithm | undefined;
  readonly asked: AskedValidity | undefined;
  readonly keyUsages: Certification['keyUsages'];
}

/** Hash and validity are mandatory; issuer and path length are ignored. */
function rootCertification({ hash, asked, keyUsages, key_algorithm }: Wish, services: Services): Certification {
  if (hash === undefined) throw refused('PCA.00020103');
  if (asked === undefined) throw refused('PCA.00020109');
  return {
    signatureAlgorithm: signatureBy({ keyAlgorithm: key_algorithm }, hash),
    term: termFor(asked, services.now(), rootYears),
    keyUsages,
  };
}

/** Undefined when one of the three is missing: the authority stays pending. */
async function issuedCertification(
  { issuer_id: issuer, hash, asked, keyUsages }: Wish,
  services: Services,
  caller: Caller,
  pathLength: number | undefined,
): Promise<Certification | undefined> {
  if (issuer === undefined || hash === undefined || asked === undefined) return undefined;
  const above = await services.findAuthority(caller, issuer);
  return {
    issuer,
    signatureAlgorithm: signatureBy(above, hash),
    term: termFor(asked, services.now(), otherYears, above),
    pathLength,
    keyUsages,
  };
}
