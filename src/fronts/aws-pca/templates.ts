/**
 * The certificate templates of Private CA, one row each, as its user guide defines them. A row says what the
 * template itself puts into a certificate; subject and SAN come from the CSR in every template of this table.
 * SKI, AKI and the pointers to CRL, OCSP and issuer are added by the issuing path for all of them.
 */
import { extendedKeyUsages, type KeyUsage, type Profile, type Source } from '../../core/profile.ts';

/** The profile of a template by the name in its ARN (`EndEntityCertificate/V1`); undefined when it is not here. */
export function profileOf(name: string): Profile | undefined {
  return profiles.get(name);
}

/** The same, for a name that is certainly here. */
export function profileNamed(name: Row['name']): Profile {
  const profile = profileOf(name);
  if (profile === undefined) throw new Error(`there is no template ${name}`);
  return profile;
}

/** Whether AWS has a template of this name that this server does not have yet. */
export function isLaterTemplate(name: string): boolean {
  return laterTemplates.has(name);
}

interface Row {
  readonly name: string;
  readonly constraints: Profile['basicConstraints'];
  readonly keyUsage: readonly KeyUsage[];
  readonly extendedKeyUsage: Source<readonly string[]>;
  readonly isSelfSigned?: true;
}

const leaf = { value: { isAuthority: false }, critical: false };
const authority = (pathLength?: number) => ({
  value: { isAuthority: true, ...(pathLength === undefined ? {} : { pathLength }) },
  critical: true,
});
const noUsage = { from: 'none' } as const;
const usage = (critical: boolean, ...names: readonly (keyof typeof extendedKeyUsages)[]) =>
  ({ from: 'profile', value: names.map((name) => extendedKeyUsages[name]), critical }) as const;

const caKeys = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const;
const tlsKeys = ['digitalSignature', 'keyEncipherment'] as const;
const signKeys = ['digitalSignature'] as const;

// biome-ignore format: a table
const rows: readonly Row[] = [
  // name                                     basic constraints           key usage (critical)  extended key usage
  { name: 'CodeSigningCertificate/V1',            constraints: leaf,         keyUsage: signKeys, extendedKeyUsage: usage(true, 'codeSigning') },
  { name: 'EndEntityCertificate/V1',              constraints: leaf,         keyUsage: tlsKeys,  extendedKeyUsage: usage(false, 'serverAuth', 'clientAuth') },
  { name: 'EndEntityClientAuthCertificate/V1',    constraints: leaf,         keyUsage: tlsKeys,  extendedKeyUsage: usage(false, 'clientAuth') },
  { name: 'EndEntityServerAuthCertificate/V1',    constraints: leaf,         keyUsage: tlsKeys,  extendedKeyUsage: usage(false, 'serverAuth') },
  { name: 'OCSPSigningCertificate/V1',            constraints: leaf,         keyUsage: signKeys, extendedKeyUsage: usage(true, 'ocspSigning') },
  { name: 'RootCACertificate/V1',                 constraints: authority(),  keyUsage: caKeys,   extendedKeyUsage: noUsage, isSelfSigned: true },
  { name: 'SubordinateCACertificate_PathLen0/V1', constraints: authority(0), keyUsage: caKeys,   extendedKeyUsage: noUsage },
  { name: 'SubordinateCACertificate_PathLen1/V1', constraints: authority(1), keyUsage: caKeys,   extendedKeyUsage: noUsage },
  { name: 'SubordinateCACertificate_PathLen2/V1', constraints: authority(2), keyUsage: caKeys,   extendedKeyUsage: noUsage },
  { name: 'SubordinateCACertificate_PathLen3/V1', constraints: authority(3), keyUsage: caKeys,   extendedKeyUsage: noUsage },
];

const profiles: ReadonlyMap<string, Profile> = new Map(
  rows.map(({ name, constraints, keyUsage, extendedKeyUsage, isSelfSigned = false }) => [
    name,
    {
      name,
      isSelfSigned,
      basicConstraints: constraints,
      keyUsage: { from: 'profile', value: keyUsage, critical: true },
      extendedKeyUsage,
      subjectAltName: { from: 'csr' },
      demandsCriticalNames: true,
      customExtensions: [],
    },
  ]),
);

const pathLengths = ['PathLen0', 'PathLen1', 'PathLen2', 'PathLen3'];
const everyPassthrough = ['APIPassthrough', 'CSRPassthrough', 'APICSRPassthrough'];

/** The templates whose values come from the API or from further extensions of the CSR. */
const laterTemplates: ReadonlySet<string> = new Set(
  [
    ...[
      'BlankEndEntityCertificate',
      'BlankEndEntityCertificate_CriticalBasicConstraints',
      'CodeSigningCertificate',
      'EndEntityCertificate',
      'EndEntityClientAuthCertificate',
      'EndEntityServerAuthCertificate',
      'OCSPSigningCertificate',
      ...pathLengths.map((length) => `BlankSubordinateCACertificate_${length}`),
      ...pathLengths.map((length) => `SubordinateCACertificate_${length}`),
    ].flatMap((family) => everyPassthrough.map((passthrough) => `${family}_${passthrough}`)),
    'RootCACertificate_APIPassthrough',
    'BlankRootCACertificate_APIPassthrough',
    ...pathLengths.map((length) => `BlankRootCACertificate_${length}_APIPassthrough`),
  ].map((name) => `${name}/V1`),
);

/** Every name of the vendor's, here or later: 61 (a test counts them). */
export const allTemplates: readonly string[] = [...profiles.keys(), ...laterTemplates];
