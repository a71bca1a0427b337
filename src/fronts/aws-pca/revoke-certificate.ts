import { Fault } from '../../core/fault.ts';
import { enumeration, shape } from '../../wire/aws-json/shapes.ts';
import { refusal } from '../../wire/refusal.ts';
import { authorityArnMember } from './arns.ts';
import { couldNotFind, findHere, mayShare, operation } from './operation.ts';
import { type RevocationReasonName, revocationReasons } from './revocation-reasons.ts';
import { certificateSerial } from './serial.ts';
import { notRevoking } from './state-sentences.ts';

/**
 * Revokes what the authority issued, for good. It is recorded and not published, as by an authority of the service
 * whose CRL and OCSP are off.
 */
export const revokeCertificate = operation({
  name: 'RevokeCertificate',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    CertificateSerial: certificateSerial,
    // Object.keys forgets the names; the table gives exactly these.
    RevocationReason: enumeration(Object.keys(revocationReasons) as RevocationReasonName[]),
  }),
  action: mayShare('write', 'RevokeCertificate', 'revoke'),
  run: async ({ CertificateAuthorityArn, CertificateSerial: serial, RevocationReason: reason }, scene) => {
    const { id, region } = await findHere(scene, CertificateAuthorityArn);
    if (serial === 'unknown') {
      throw new Fault('not-found', 'no serial number here has more than 32 digits', { what: 'certificate' });
    }
    await scene.services.revokeCertificate(scene.caller, {
      authority: id,
      region,
      serial,
      access: scene.access,
      reason: revocationReasons[reason],
    });
  },
  view: () => undefined,
  faults: {
    ...notRevoking,
    // Terraform takes this very sentence of a root's own certificate for "gone".
    invalid: refusal('InvalidRequestException', 'Self-signed certificate can not be revoked'),
    pending: refusal('RequestInProgressException', 'The request to issue the certificate is still in progress.'),
    'already-exists': refusal('RequestAlreadyProcessedException', 'The certificate has already been revoked.'),
    'not-found': refusal('ResourceNotFoundException', ({ what }, input: NamedAuthority) =>
      what === 'certificate'
        ? `Could not find a certificate of this serial number issued by Certificate Authority ${input.CertificateAuthorityArn.text}`
        : couldNotFind(input.CertificateAuthorityArn),
    ),
  },
});

interface NamedAuthority {
  readonly CertificateAuthorityArn: { readonly text: string };
}
