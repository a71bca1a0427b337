import { ia5String, oid, sequence } from '../../x509/der/writer.ts';
import type { PolicyInformation } from '../../x509/extensions/certificate-policies.ts';
import { Refusal } from '../../wire/refusal.ts';
import { asciiOctets } from '../../x509/names/general-name.ts';

interface PolicyShape {
  readonly CertPolicyId: string;
  readonly PolicyQualifiers?: readonly {
    readonly PolicyQualifierId: 'CPS';
    readonly Qualifier: { readonly CpsUri: string };
  }[];
}

/**
 * Policies with the URI of their practice statements (RFC 5280 §4.2.1.4: an IA5String).
 * Throws Refusal `InvalidArgsException` for a policy that comes twice, Fault `invalid` for a URI outside ASCII.
 */
export function policyInformation(policies: readonly PolicyShape[]): readonly PolicyInformation[] {
  const seen = new Set<string>();
  for (const { CertPolicyId: id } of policies) {
    if (seen.has(id)) {
      throw new Refusal('InvalidArgsException', `The certificate policy ${id} appears twice, each may once.`);
    }
    seen.add(id);
  }
  return policies.map(({ CertPolicyId: policy, PolicyQualifiers: qualifiers = [] }) => ({
    policy,
    qualifiers: qualifiers.map(({ Qualifier: { CpsUri: uri } }) => {
      asciiOctets(uri);
      return sequence(oid(practiceStatement), ia5String(uri));
    }),
  }));
}

const practiceStatement = '1.3.6.1.5.5.7.2.1';
