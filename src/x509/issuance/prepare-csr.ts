/** The signing request of an authority of ours (RFC 2986), prepared and signed like a certificate. */
import type { CsrRequest } from '../../core/issuance.ts';
import { assertCanSign, type SignatureAlgorithm } from '../../core/key.ts';
import { Proof } from '../../core/proof.ts';
import type { Profile } from '../../core/profile.ts';
import { explicit, integer, oid, sequence, sequenceOf, set } from '../der/writer.ts';
import { basicConstraints } from '../extensions/basic-constraints.ts';
import { writeExtension } from '../extensions/extension.ts';
import { keyUsage } from '../extensions/key-usage.ts';
import { writeName } from '../names/write-name.ts';
import { oids } from '../oids.ts';
import { assertKnownAlgorithm, readPublicKey } from '../public-key.ts';

/** A CertificationRequestInfo: the right to one signature. Made by `prepareCsr` alone. */
export class PreparedCsr extends Proof {
  readonly info: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;

  private constructor(info: Uint8Array, signatureAlgorithm: SignatureAlgorithm) {
    super();
    this.info = info;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  /** See `prepareCsr`. */
  static of({ publicKey, subject, signatureAlgorithm, profile }: CsrRequest): PreparedCsr {
    assertCanSign(assertKnownAlgorithm(readPublicKey(publicKey)), signatureAlgorithm);
    const info = sequence(integer(0), writeName(subject), publicKey, explicit(0, extensionRequest(profile)));
    return new PreparedCsr(info, signatureAlgorithm);
  }
}

/** Faults: `invalid` subject (reason `name`), `mismatch` of key and algorithm, `unsupported` key algorithm. */
export function prepareCsr(request: CsrRequest): PreparedCsr {
  return PreparedCsr.of(request);
}

/** RFC 2985 §5.4.2. */
function extensionRequest(profile: CsrRequest['profile']): Uint8Array {
  return sequence(oid(oids.extensionRequest), set(sequenceOf(extensionsOf(profile))));
}

function extensionsOf({ basicConstraints: constraints, keyUsage: usage, customExtensions }: CsrRequest['profile']) {
  return [
    writeExtension({ ...constraints, oid: oids.basicConstraints, value: basicConstraints.encode(constraints.value) }),
    ...usageOf(usage),
    ...customExtensions.map(writeExtension),
  ];
}

function usageOf(usage: Profile['keyUsage']): Uint8Array[] {
  if (usage.from !== 'profile' || usage.value.length === 0) return [];
  return [writeExtension({ ...usage, oid: oids.keyUsage, value: keyUsage.encode(usage.value) })];
}
