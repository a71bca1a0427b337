import type { AuthorityStatus } from '../../core/authority.ts';
import type { IssuedCertificate } from '../../core/certificate.ts';
import { Fault } from '../../core/fault.ts';
import { isUnderWay } from '../../services/pace.ts';
import { authorityArn } from '../../wire/aws-json/authority-arn.ts';
import { shape } from '../../wire/aws-json/shapes.ts';
import { refusal } from '../../wire/refusal.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { isSelfSigned } from '../../x509/chain.ts';
import { authorityArnMember, type CertificateArn, certificateArnMember } from './arns.ts';
import type { Scene } from '../../wire/operation.ts';
import { couldNotFind, findHere, mayShare, operation, type PcaServices } from './operation.ts';
import { noIssuedCertificates } from './state-sentences.ts';
import { pem, pemChain } from './views.ts';

/** A certificate that the authority issued, whoever asked for it, with the chain above it; a root's own has none. */
export const getCertificate = operation({
  name: 'GetCertificate',
  input: shape({ CertificateAuthorityArn: authorityArnMember, CertificateArn: certificateArnMember }),
  action: mayShare('read', 'GetCertificate', 'see'),
  run: async ({ CertificateAuthorityArn, CertificateArn }, scene) => {
    const authority = await findHere(scene, CertificateAuthorityArn);
    if (hasIssuedNothing.has(authority.state.kind)) {
      throw new Fault('wrong-state', `the authority is ${authority.state.kind}`);
    }
    if (CertificateArn.authority !== authorityArn(authority)) throw notFound(CertificateArn);
    const { services, caller, access } = scene;
    const found = await services.findIssuedCertificate(caller, CertificateArn.serial, { access });
    if (found.authority !== authority.id) throw notFound(CertificateArn);
    assertIssued(scene, found);
    const { der } = found;
    const { certificate } = authority;
    const chain =
      isSelfSigned(readCertificate(der)) || certificate === undefined ? [] : [certificate.der, ...certificate.chain];
    return { der, chain };
  },
  view: ({ der, chain }) => ({ Certificate: pem('CERTIFICATE', der), CertificateChain: pemChain(chain) }),
  faults: {
    ...noIssuedCertificates,
    'not-found': refusal('ResourceNotFoundException', ({ what }, input: NamedArns) =>
      what === 'certificate'
        ? `Could not find Certificate ${input.CertificateArn.text}`
        : couldNotFind(input.CertificateAuthorityArn),
    ),
    pending: refusal(
      'RequestInProgressException',
      (_, { CertificateArn: { text } }: NamedArns) => `The request to issue certificate ${text} is still in progress.`,
    ),
  },
});

/** Nothing yet, or nothing that is still shown. */
const hasIssuedNothing: ReadonlySet<string> = new Set<AuthorityStatus>(['creating', 'failed', 'deleted']);

interface NamedArns {
  readonly CertificateAuthorityArn: { readonly text: string };
  readonly CertificateArn: { readonly text: string };
}

/** It is there as soon as it has an ARN, but the service's pace may be imitated. */
function assertIssued({ services: { pace, now } }: Scene<PcaServices>, { issuedAt, serial }: IssuedCertificate): void {
  if (!isUnderWay(issuedAt, pace.issuingMs, now())) return;
  throw new Fault('pending', `certificate ${serial} is being issued`, { what: 'certificate', id: serial });
}

function notFound({ serial }: CertificateArn): Fault {
  return new Fault('not-found', `certificate ${serial} is not of this authority`, { what: 'certificate', id: serial });
}
