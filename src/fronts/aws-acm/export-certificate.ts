import { encryptedPkcs8Pem } from '../../formats/encrypted-pkcs8.ts';
import { blob, shape } from '../../wire/aws-json/shapes.ts';
import { Refusal } from '../../wire/refusal.ts';
import { certificateArnMember } from './arns.ts';
import { notIssued } from './not-issued.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';
import { viewPem } from './views.ts';

/** Certificate, chain and encrypted PKCS#8 key of a private certificate. API page ExportCertificate. */
export const exportCertificate = operation({
  name: 'ExportCertificate',
  input: shape({ CertificateArn: certificateArnMember, Passphrase: blob({ min: 4, max: 128, sensitive: true }) }),
  action: may('write', 'ExportCertificate'),
  run: async (input, scene) => {
    assertPassphrase(input.Passphrase);
    const certificate = await findHere(scene, input.CertificateArn);
    if (certificate.origin !== 'issued') {
      throw new Refusal(
        'ValidationException',
        `Certificate ARN: ${input.CertificateArn.text} is not a private certificate`,
      );
    }
    const permission = may('write', 'ExportCertificate')(input);
    return scene.services.exportCertificate(scene.caller, certificate, permission, async ({ privateKey, body }) => ({
      body,
      key: await encryptedPkcs8Pem(privateKey, input.Passphrase),
    }));
  },
  view: ({ body, key }) => ({ ...viewPem(body), PrivateKey: new TextDecoder().decode(key) }),
  faults: { ...unknownCertificate, ...notIssued },
});

/** Any ASCII but `#`, `$` and `%`, not ended by a line end: such a file's last byte is a mistake. Ours to word. */
function assertPassphrase(passphrase: Uint8Array): void {
  const last = passphrase.at(-1);
  const isAscii = passphrase.every((octet) => octet < 0x80 && octet !== 0x23 && octet !== 0x24 && octet !== 0x25);
  if (isAscii && last !== 0x0a && last !== 0x0d) return;
  throw new Refusal(
    'ValidationException',
    'The passphrase can contain any ASCII character except #, $, or %, and must not end in a newline.',
  );
}
