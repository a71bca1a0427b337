import { partitionOf } from '../../wire/aws-json/partition.ts';
import { optional, blob, shape } from '../../wire/aws-json/shapes.ts';
import { readTags } from '../../wire/aws-json/tags.ts';
import { Refusal } from '../../wire/refusal.ts';
import { certificateArn, certificateArnMember } from './arns.ts';
import { assertImportable } from './import-rules.ts';
import { importFaults } from './import-sentences.ts';
import { findHere, operation, unknownCertificate } from './operation.ts';
import { assertReimportable } from './reimport-rules.ts';
import { tags } from './shapes.ts';

/**
 * Takes in a certificate with its key and chain, all PEM; over an imported certificate when its ARN is given, which
 * keeps it. API page ImportCertificate.
 */
export const importCertificate = operation({
  name: 'ImportCertificate',
  input: shape({
    CertificateArn: optional(certificateArnMember),
    Certificate: blob({ min: 1, max: 32_768 }),
    PrivateKey: blob({ min: 1, max: 5120, sensitive: true }),
    CertificateChain: optional(blob({ min: 1, max: 2_097_152 })),
    Tags: optional(tags),
  }),
  action: ({ CertificateArn: over }, caller) => ({
    action: 'acm:ImportCertificate',
    access: 'write',
    account: over?.account ?? caller.account,
    resource: over?.text ?? `arn:${partitionOf(caller.region)}:acm:${caller.region}:${caller.account}:certificate/*`,
  }),
  run: async (input, scene) => {
    const { Certificate, PrivateKey, CertificateChain, CertificateArn, Tags } = input;
    const over = CertificateArn === undefined ? undefined : await findHere(scene, CertificateArn);
    if (over !== undefined && Tags !== undefined) {
      throw new Refusal('ValidationException', 'Tagging is not permitted on re-import.');
    }
    const certificate = assertImportable(input);
    if (over !== undefined) assertReimportable(certificate, over);
    return scene.services.importCertificate(scene.caller, {
      certificate: Certificate,
      privateKey: PrivateKey,
      chain: CertificateChain,
      several: 'refuse',
      name: '',
      tags: readTags(Tags ?? []),
      vendor: {},
      refusesCopies: false,
      over,
    });
  },
  view: (certificate) => ({ CertificateArn: certificateArn(certificate) }),
  faults: { ...unknownCertificate, ...importFaults },
});
