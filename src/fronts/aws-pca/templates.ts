/**
 * The 61 certificate templates of Private CA, one row each, as its user guide defines them (all of them are V1): where
 * subject and alternative name come from, what the template itself says, and what else may pass. What the template says
 * wins over ApiPassthrough, which wins over the CSR. The key identifiers are the issuing path's in all of them.
 */
import { extendedKeyUsages, type KeyUsage, type Profile, type Source } from '../../core/profile.ts';

/** A row of the table, and the profile of a request that brings nothing by the API: a constant. */
export interface Template {
  /** As in the ARN: `EndEntityCertificate/V1`. */
  readonly name: string;
  readonly subject: NameSource;
  readonly alternativeNames: NameSource;
  /** Undefined where the template leaves it to the API, the CSR or nobody. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly extendedKeyUsage: Profile['extendedKeyUsage'] | undefined;
  readonly crlPoint: readonly CrlPointSource[];
  readonly others: readonly OtherSource[];
  readonly profile: Profile;
}

/** The template of that name (`EndEntityCertificate/V1`); undefined when AWS has none. */
export function templateOf(name: string): Template | undefined {
  return templates.get(name);
}

/** The same, for a name that is certainly here. */
export function templateNamed(name: string): Template {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`there is no template ${name}`);
  return template;
}

/** The profile of a template as it is without ApiPassthrough. */
export function profileNamed(name: string): Profile {
  return templateNamed(name).profile;
}

type NameSource = 'csr' | 'api-or-csr';

/** Best first. */
type CrlPointSource = 'configuration' | 'api' | 'csr';

/** `own-key-identifier`: by the API alone, an odd cell of the guide. */
type OtherSource = 'api' | 'csr' | 'own-key-identifier';

type Row = readonly [
  name: string,
  subject: NameSource,
  alternativeNames: NameSource,
  constraints: Profile['basicConstraints'],
  keyUsage: readonly KeyUsage[] | undefined,
  extendedKeyUsage: Profile['extendedKeyUsage'] | undefined,
  crlPoint: readonly CrlPointSource[],
  others: readonly OtherSource[],
];

const csr = 'csr';
const apiOrCsr = 'api-or-csr';

const leaf = { value: { isAuthority: false }, critical: false };
const strictLeaf = { value: { isAuthority: false }, critical: true };
const authority = (pathLength?: number) => ({
  value: { isAuthority: true, ...(pathLength === undefined ? {} : { pathLength }) },
  critical: true,
});

/** The template does not say. */
const open = undefined;
const tls = ['digitalSignature', 'keyEncipherment'] as const;
const sign = ['digitalSignature'] as const;
const ca = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const;

const usage = (
  critical: boolean,
  ...names: readonly (keyof typeof extendedKeyUsages)[]
): Source<readonly string[]> => ({
  from: 'profile',
  value: names.map((name) => extendedKeyUsages[name]),
  critical,
});
const both = usage(false, 'serverAuth', 'clientAuth');
const server = usage(false, 'serverAuth');
const client = usage(false, 'clientAuth');
const code = usage(true, 'codeSigning');
const ocsp = usage(true, 'ocspSigning');

const conf: readonly CrlPointSource[] = ['configuration'];
const confCsr: readonly CrlPointSource[] = ['configuration', 'csr'];
const confApi: readonly CrlPointSource[] = ['configuration', 'api'];
const confAll: readonly CrlPointSource[] = ['configuration', 'api', 'csr'];

/** In the column of the CRL point, and of every other extension. */
const none: readonly [] = [];
const api: readonly OtherSource[] = ['api'];
const apiAki: readonly OtherSource[] = ['api', 'own-key-identifier'];
const req: readonly OtherSource[] = ['csr'];
const apiReq: readonly OtherSource[] = ['api', 'csr'];

/** AWS's: a root and four levels of subordinates below it. */
const mostLevels = 5;

// The guide says "or CSR" of the CRL point of EndEntityClientAuthCertificate/V1: a slip of that page.
// biome-ignore format: a table
const rows: readonly Row[] = [
  // template, always V1                                                   subject   names     constraints   usage  ext.use  CRL      others
  ['EndEntityCertificate',                                                 csr,      csr,      leaf,         tls,   both,    conf,    none],
  ['EndEntityCertificate_APIPassthrough',                                  apiOrCsr, apiOrCsr, leaf,         tls,   both,    conf,    api],
  ['EndEntityCertificate_CSRPassthrough',                                  csr,      csr,      leaf,         tls,   both,    confCsr, req],
  ['EndEntityCertificate_APICSRPassthrough',                               apiOrCsr, apiOrCsr, leaf,         tls,   both,    confCsr, apiReq],
  ['EndEntityClientAuthCertificate',                                       csr,      csr,      leaf,         tls,   client,  conf,    none],
  ['EndEntityClientAuthCertificate_APIPassthrough',                        apiOrCsr, apiOrCsr, leaf,         tls,   client,  conf,    api],
  ['EndEntityClientAuthCertificate_CSRPassthrough',                        csr,      csr,      leaf,         tls,   client,  confCsr, req],
  ['EndEntityClientAuthCertificate_APICSRPassthrough',                     apiOrCsr, apiOrCsr, leaf,         tls,   client,  confCsr, apiReq],
  ['EndEntityServerAuthCertificate',                                       csr,      csr,      leaf,         tls,   server,  conf,    none],
  ['EndEntityServerAuthCertificate_APIPassthrough',                        apiOrCsr, apiOrCsr, leaf,         tls,   server,  conf,    api],
  ['EndEntityServerAuthCertificate_CSRPassthrough',                        csr,      csr,      leaf,         tls,   server,  confCsr, req],
  ['EndEntityServerAuthCertificate_APICSRPassthrough',                     apiOrCsr, apiOrCsr, leaf,         tls,   server,  confCsr, apiReq],
  ['CodeSigningCertificate',                                               csr,      csr,      leaf,         sign,  code,    conf,    none],
  ['CodeSigningCertificate_APIPassthrough',                                apiOrCsr, apiOrCsr, leaf,         sign,  code,    conf,    api],
  ['CodeSigningCertificate_CSRPassthrough',                                csr,      csr,      leaf,         sign,  code,    confCsr, req],
  ['CodeSigningCertificate_APICSRPassthrough',                             apiOrCsr, apiOrCsr, leaf,         sign,  code,    confCsr, apiReq],
  ['OCSPSigningCertificate',                                               csr,      csr,      leaf,         sign,  ocsp,    conf,    none],
  ['OCSPSigningCertificate_APIPassthrough',                                apiOrCsr, apiOrCsr, leaf,         sign,  ocsp,    conf,    api],
  ['OCSPSigningCertificate_CSRPassthrough',                                csr,      csr,      leaf,         sign,  ocsp,    confCsr, req],
  ['OCSPSigningCertificate_APICSRPassthrough',                             apiOrCsr, apiOrCsr, leaf,         sign,  ocsp,    confCsr, apiReq],
  ['BlankEndEntityCertificate_APIPassthrough',                             apiOrCsr, apiOrCsr, leaf,         open,  open,    conf,    api],
  ['BlankEndEntityCertificate_CSRPassthrough',                             csr,      csr,      leaf,         open,  open,    confCsr, req],
  ['BlankEndEntityCertificate_APICSRPassthrough',                          apiOrCsr, apiOrCsr, leaf,         open,  open,    confCsr, apiReq],
  ['BlankEndEntityCertificate_CriticalBasicConstraints_APIPassthrough',    apiOrCsr, apiOrCsr, strictLeaf,   open,  open,    confApi, api],
  ['BlankEndEntityCertificate_CriticalBasicConstraints_CSRPassthrough',    apiOrCsr, apiOrCsr, strictLeaf,   open,  open,    confCsr, req],
  ['BlankEndEntityCertificate_CriticalBasicConstraints_APICSRPassthrough', apiOrCsr, apiOrCsr, strictLeaf,   open,  open,    confAll, apiReq],
  ['SubordinateCACertificate_PathLen0',                                    csr,      csr,      authority(0), ca,    open,    conf,    none],
  ['SubordinateCACertificate_PathLen0_APIPassthrough',                     apiOrCsr, apiOrCsr, authority(0), ca,    open,    conf,    api],
  ['SubordinateCACertificate_PathLen0_CSRPassthrough',                     csr,      csr,      authority(0), ca,    open,    confCsr, req],
  ['SubordinateCACertificate_PathLen0_APICSRPassthrough',                  apiOrCsr, apiOrCsr, authority(0), ca,    open,    confCsr, apiReq],
  ['SubordinateCACertificate_PathLen1',                                    csr,      csr,      authority(1), ca,    open,    conf,    none],
  ['SubordinateCACertificate_PathLen1_APIPassthrough',                     apiOrCsr, apiOrCsr, authority(1), ca,    open,    conf,    api],
  ['SubordinateCACertificate_PathLen1_CSRPassthrough',                     csr,      csr,      authority(1), ca,    open,    confCsr, req],
  ['SubordinateCACertificate_PathLen1_APICSRPassthrough',                  apiOrCsr, apiOrCsr, authority(1), ca,    open,    confCsr, apiReq],
  ['SubordinateCACertificate_PathLen2',                                    csr,      csr,      authority(2), ca,    open,    conf,    none],
  ['SubordinateCACertificate_PathLen2_APIPassthrough',                     apiOrCsr, apiOrCsr, authority(2), ca,    open,    conf,    api],
  ['SubordinateCACertificate_PathLen2_CSRPassthrough',                     csr,      csr,      authority(2), ca,    open,    confCsr, req],
  ['SubordinateCACertificate_PathLen2_APICSRPassthrough',                  apiOrCsr, apiOrCsr, authority(2), ca,    open,    confCsr, apiReq],
  ['SubordinateCACertificate_PathLen3',                                    csr,      csr,      authority(3), ca,    open,    conf,    none],
  ['SubordinateCACertificate_PathLen3_APIPassthrough',                     apiOrCsr, apiOrCsr, authority(3), ca,    open,    conf,    api],
  ['SubordinateCACertificate_PathLen3_CSRPassthrough',                     csr,      csr,      authority(3), ca,    open,    confCsr, req],
  ['SubordinateCACertificate_PathLen3_APICSRPassthrough',                  apiOrCsr, apiOrCsr, authority(3), ca,    open,    confCsr, apiReq],
  ['BlankSubordinateCACertificate_PathLen0_APIPassthrough',                apiOrCsr, apiOrCsr, authority(0), open,  open,    conf,    api],
  ['BlankSubordinateCACertificate_PathLen0_CSRPassthrough',                csr,      csr,      authority(0), open,  open,    confCsr, req],
  ['BlankSubordinateCACertificate_PathLen0_APICSRPassthrough',             apiOrCsr, apiOrCsr, authority(0), open,  open,    confCsr, apiReq],
  ['BlankSubordinateCACertificate_PathLen1_APIPassthrough',                apiOrCsr, apiOrCsr, authority(1), open,  open,    conf,    api],
  ['BlankSubordinateCACertificate_PathLen1_CSRPassthrough',                csr,      csr,      authority(1), open,  open,    confCsr, req],
  ['BlankSubordinateCACertificate_PathLen1_APICSRPassthrough',             apiOrCsr, apiOrCsr, authority(1), open,  open,    confCsr, apiReq],
  ['BlankSubordinateCACertificate_PathLen2_APIPassthrough',                apiOrCsr, apiOrCsr, authority(2), open,  open,    conf,    api],
  ['BlankSubordinateCACertificate_PathLen2_CSRPassthrough',                csr,      csr,      authority(2), open,  open,    confCsr, req],
  ['BlankSubordinateCACertificate_PathLen2_APICSRPassthrough',             apiOrCsr, apiOrCsr, authority(2), open,  open,    confCsr, apiReq],
  ['BlankSubordinateCACertificate_PathLen3_APIPassthrough',                apiOrCsr, apiOrCsr, authority(3), open,  open,    conf,    api],
  ['BlankSubordinateCACertificate_PathLen3_CSRPassthrough',                csr,      csr,      authority(3), open,  open,    confCsr, req],
  ['BlankSubordinateCACertificate_PathLen3_APICSRPassthrough',             apiOrCsr, apiOrCsr, authority(3), open,  open,    confCsr, apiReq],
  ['RootCACertificate',                                                    csr,      csr,      authority(),  ca,    open,    none,    none],
  ['RootCACertificate_APIPassthrough',                                     apiOrCsr, apiOrCsr, authority(),  ca,    open,    none,    apiAki],
  ['BlankRootCACertificate_APIPassthrough',                                apiOrCsr, apiOrCsr, authority(),  open,  open,    none,    api],
  ['BlankRootCACertificate_PathLen0_APIPassthrough',                       apiOrCsr, apiOrCsr, authority(0), open,  open,    none,    api],
  ['BlankRootCACertificate_PathLen1_APIPassthrough',                       apiOrCsr, apiOrCsr, authority(1), open,  open,    none,    api],
  ['BlankRootCACertificate_PathLen2_APIPassthrough',                       apiOrCsr, apiOrCsr, authority(2), open,  open,    none,    api],
  ['BlankRootCACertificate_PathLen3_APIPassthrough',                       apiOrCsr, apiOrCsr, authority(3), open,  open,    none,    api],
];

const templates: ReadonlyMap<string, Template> = new Map(
  rows.map(([base, subject, alternativeNames, constraints, keyUsage, extendedKeyUsage, crlPoint, others]) => {
    const name = `${base}/V1`;
    const left = others.includes('csr') ? ({ from: 'csr' } as const) : ({ from: 'none' } as const);
    const profile: Profile = {
      name,
      isSelfSigned: /^(?:Blank)?RootCA/.test(base),
      basicConstraints: constraints,
      keyUsage: keyUsage === undefined ? left : { from: 'profile', value: keyUsage, critical: true },
      extendedKeyUsage: extendedKeyUsage ?? left,
      subjectAltName: { from: 'csr' },
      demandsCriticalNames: true,
      customExtensions: [],
      ...(others.includes('csr') && { passesCsrExtensions: true }),
      ...(constraints.value.isAuthority && { mostLevels }),
    };
    return [name, { name, subject, alternativeNames, keyUsage, extendedKeyUsage, crlPoint, others, profile }];
  }),
);

/** Every name, in the order of the table. */
export const allTemplates: readonly string[] = [...templates.keys()];
