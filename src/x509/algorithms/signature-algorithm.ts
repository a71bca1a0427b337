/** AlgorithmIdentifiers of signatures (RFC 4055, RFC 5758, RFC 9881): ours to write, foreign ones to read and name. */
import { type HashAlgorithm, type SignatureAlgorithm, signatureAlgorithms } from '../../core/key.ts';
import { explicit, integer, nullValue, oid, sequence } from '../der/writer.ts';
import { isSameOctets } from '../der/octets.ts';
import { readDer } from '../der/reader.ts';
import { oids } from '../oids.ts';
import { readPssHash } from './pss-parameters.ts';

/** The whole AlgorithmIdentifier, DER; encoded once. */
export function signatureAlgorithmDer(algorithm: SignatureAlgorithm): Uint8Array {
  return written[algorithm];
}

/** What a signature says about itself. */
export interface SignatureAlgorithmReading {
  /** One of ours, when it is exactly that. */
  readonly known?: SignatureAlgorithm;
  /** As people call it: `SHA256-RSA`, `SHA1-RSA`, `ED25519`, `ML-DSA-65`; the dotted identifier for a stranger. */
  readonly text: string;
}

/** Reads an AlgorithmIdentifier (whole element). Throws Fault `malformed`. */
export function readSignatureAlgorithm(der: Uint8Array, what = 'certificate'): SignatureAlgorithmReading {
  for (const algorithm of signatureAlgorithms) {
    if (isSameOctets(written[algorithm], der)) return { known: algorithm, text: algorithm };
  }
  const outer = readDer(der, what);
  const inner = outer.sequence();
  const type = inner.oid();
  outer.finish();
  const alike = withAbsentParameters.get(type);
  // RFC 4055 §5: NULL is written, but readers accept absent parameters as the same.
  if (alike !== undefined && inner.isAtEnd) return { known: alike, text: alike };
  const pssHash = type === oids.rsassaPss ? readPssHash(inner) : undefined;
  return { text: pssHash === undefined ? (foreign[type] ?? type) : `${pssHash}-RSA-PSS` };
}

const bare = (type: string) => sequence(oid(type));
const rsa = (type: string) => sequence(oid(type), nullValue());

/** RFC 4055 §3.1: MGF1 with the same hash, salt as long as the hash; the trailer field is left at its default. */
function pss(name: HashAlgorithm): Uint8Array {
  const [hash, saltLength] = pssParts[name];
  const hashIdentifier = sequence(oid(hash), nullValue());
  return sequence(
    oid(oids.rsassaPss),
    sequence(
      explicit(0, hashIdentifier),
      explicit(1, sequence(oid(oids.mgf1), hashIdentifier)),
      explicit(2, integer(saltLength)),
    ),
  );
}

const pssParts = {
  SHA256: [oids.sha256, 32],
  SHA384: [oids.sha384, 48],
  SHA512: [oids.sha512, 64],
} as const satisfies Record<HashAlgorithm, readonly [string, number]>;

/** ECDSA and ML-DSA: parameters absent (RFC 5758 §3.2, RFC 9881 §2). RSA PKCS#1 v1.5: parameters NULL (RFC 4055 §5). */
const written = {
  'SHA256-RSA': rsa(oids.sha256WithRSAEncryption),
  'SHA384-RSA': rsa(oids.sha384WithRSAEncryption),
  'SHA512-RSA': rsa(oids.sha512WithRSAEncryption),
  'SHA256-RSA-PSS': pss('SHA256'),
  'SHA384-RSA-PSS': pss('SHA384'),
  'SHA512-RSA-PSS': pss('SHA512'),
  'SHA256-ECDSA': bare(oids.ecdsaWithSHA256),
  'SHA384-ECDSA': bare(oids.ecdsaWithSHA384),
  'SHA512-ECDSA': bare(oids.ecdsaWithSHA512),
  'ML-DSA-44': bare(oids.mlDsa44),
  'ML-DSA-65': bare(oids.mlDsa65),
  'ML-DSA-87': bare(oids.mlDsa87),
} satisfies Record<SignatureAlgorithm, Uint8Array>;

const withAbsentParameters = new Map<string, SignatureAlgorithm>([
  [oids.sha256WithRSAEncryption, 'SHA256-RSA'],
  [oids.sha384WithRSAEncryption, 'SHA384-RSA'],
  [oids.sha512WithRSAEncryption, 'SHA512-RSA'],
]);

const foreign: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'MD5-RSA',
  '1.2.840.113549.1.1.5': 'SHA1-RSA',
  '1.2.840.113549.1.1.14': 'SHA224-RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10040.4.3': 'SHA1-DSA',
  '1.2.840.10045.4.1': 'SHA1-ECDSA',
  '1.2.840.10045.4.3.1': 'SHA224-ECDSA',
  '1.2.156.10197.1.501': 'SM3-SM2',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};
