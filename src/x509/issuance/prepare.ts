/**
 * The only way to a certificate: `prepare` checks everything and lints the bytes, `signPrepared` signs just those
 * bytes, once. Nothing else in the house may give a TBSCertificate to a CA key.
 */
import { octetsOfHex } from '../der/hex.ts';
import { Fault } from '../../core/fault.ts';
import type { SerialNumber } from '../../core/ids.ts';
import type { IssuanceRequest } from '../../core/issuance.ts';
import { assertCanSign, familyOfSignature, type SignatureAlgorithm, type SubjectKeyAlgorithm } from '../../core/key.ts';
import { Proof } from '../../core/proof.ts';
import type { DistinguishedName } from '../../core/name.ts';
import type { Profile } from '../../core/profile.ts';
import { makeSerialNumber } from '../../core/serial-number.ts';
import type { Validity } from '../../core/validity.ts';
import { signatureAlgorithmDer } from '../algorithms/signature-algorithm.ts';
import { certificateSizeLimit } from '../certificate.ts';
import { isSameOctets } from '../der/octets.ts';
import { tags } from '../der/tags.ts';
import { element, explicit, sequence, sequenceOf, time } from '../der/writer.ts';
import { assertNameConstraints } from '../names/assert-name-constraints.ts';
import type { PublicKey } from '../public-key.ts';
import { assertPathLength } from './authority-rules.ts';
import { extensionsOf } from './extensions-of.ts';
import { type Issuer, issuerOf } from './issuer.ts';
import { lint } from './lint.ts';
import { type Subject, subjectOf } from './subject.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** A linted TBSCertificate and the facts of it: the right to one signature. Made by `prepare` alone. */
export class Prepared extends Proof {
  readonly tbs: Uint8Array;
  readonly serial: SerialNumber;
  readonly validity: Validity;
  readonly subject: DistinguishedName;
  readonly keyAlgorithm: SubjectKeyAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm;

  private constructor(
    tbs: Uint8Array,
    serial: SerialNumber,
    validity: Validity,
    subject: Subject,
    algorithm: SignatureAlgorithm,
  ) {
    super();
    this.tbs = tbs;
    this.serial = serial;
    this.validity = validity;
    this.subject = subject.name;
    this.keyAlgorithm = subject.keyAlgorithm;
    this.signatureAlgorithm = algorithm;
  }

  /** See `prepare`. */
  static of(request: IssuanceRequest, random: Uint8Array, signingKey: Uint8Array): Prepared {
    const { profile, signatureAlgorithm } = request;
    const issuer = profile.isSelfSigned ? undefined : issuerOf(request.issuer, signingKey);
    const subject = subjectOf(request.subject);
    if (issuer === undefined) assertOwnKey(subject, signingKey);
    assertSigns(issuer?.certificate.publicKey ?? subject.publicKey, signatureAlgorithm);
    const validity = wholeSeconds(request.validity, issuer?.certificate.validity);
    assertPathLength(profile.basicConstraints.value, issuer);
    const { encoded, subjectAltNames } = extensionsOf(profile, subject, issuer, request.pointers);
    if (issuer !== undefined && !isExempt(subject, issuer, profile)) {
      for (const limits of issuer.nameConstraints) assertNameConstraints(limits, subject.name, subjectAltNames);
    }
    const serial = makeSerialNumber(request.now, random);
    const tbs = sequence(
      version3,
      element(tags.integer, octetsOfHex(serial)), // the first digit is 4 to 7: positive as it stands
      signatureAlgorithmDer(signatureAlgorithm),
      issuer?.certificate.subjectDer ?? subject.nameDer,
      sequence(time(validity.notBefore), time(validity.notAfter)),
      subject.nameDer,
      subject.publicKey.spki,
      explicit(3, sequenceOf(encoded)),
    );
    assertSize(tbs);
    lint(tbs, issuer);
    return new Prepared(tbs, serial, validity, subject, signatureAlgorithm);
  }
}

/**
 * Checks a request against RFC 5280, its profile and its issuer, builds the bytes and lints them.
 * @param random 10 octets from the CSPRNG, for the serial number
 * @param signingKey SubjectPublicKeyInfo (DER) of the key that will sign
 * Faults: `malformed`/`invalid`/`unsupported` CSR or key (`signature`, `weak-key`, `public-key`, `key-algorithm` …);
 * `invalid` with reason `order`, `beyond-issuer`, `path-length`, `not-a-ca`, `ca-key-usage`, `no-name`, `name`,
 * `identifier`, `name-constraints`, `too-many-names`, `duplicate-extension`, `pointers`, `too-long`, `lint`; `mismatch` of key and
 * algorithm, of authority and key, or (reason `not-own-key`) of a self-signed profile and another key.
 */
export function prepare(request: IssuanceRequest, random: Uint8Array, signingKey: Uint8Array): Prepared {
  return Prepared.of(request, random, signingKey);
}

/**
 * RFC 5280 §6.1.3 (b), (c): name constraints pass over a self-issued certificate unless it ends the path, which a leaf
 * always does.
 */
function isExempt({ nameDer }: Subject, { certificate }: Issuer, { basicConstraints }: Profile): boolean {
  return basicConstraints.value.isAuthority && isSameOctets(nameDer, certificate.subjectDer);
}

/** What is signed must be readable again, here and elsewhere; 8 KB are left for algorithm and signature. */
function assertSize({ length }: Uint8Array): void {
  const limit = certificateSizeLimit - 8 * 1024;
  if (length <= limit) return;
  throw new Fault(
    'invalid',
    `the certificate would have ${length} octets before its signature, at most ${limit} are allowed`,
    {
      what: 'certificate size',
      reason: 'too-long',
    },
  );
}

/** `[0] EXPLICIT INTEGER 2`. */
const version3 = Uint8Array.of(0xa0, 3, 2, 1, 2);

/** Anything but the authority's own key under a root profile would mint an authority without limit. */
function assertOwnKey({ publicKey }: Subject, signingKey: Uint8Array): void {
  if (isSameOctets(publicKey.spki, signingKey)) return;
  throw new Fault('mismatch', 'the key to certify is not the key that signs, as a self-signed certificate demands', {
    what: 'public key',
    reason: 'not-own-key',
  });
}

function assertSigns({ algorithm, parts, text }: PublicKey, signature: SignatureAlgorithm): void {
  if (algorithm !== undefined) return assertCanSign(algorithm, signature);
  if (parts?.kind === familyOfSignature(signature)) return;
  throw new Fault('mismatch', `a ${text} key cannot make a ${signature} signature`, { what: 'signature algorithm' });
}
