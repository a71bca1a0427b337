import { type AuthorityId, type Region, type SerialNumber, serialNumber } from '../../core/ids.ts';
import { decoded } from '../../wire/leaf.ts';
import { Refusal } from '../../wire/refusal.ts';
import { type AuthorityArn, readAuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { type Arn, arn } from '../../wire/aws-json/shapes.ts';
import { readTemplateArn } from './template-arn.ts';

/** A certificate that an authority issued: the authority's ARN, `/certificate/` and 32 hexadecimal digits. */
export interface CertificateArn {
  readonly text: string;
  readonly authority: string;
  readonly serial: SerialNumber;
}

const anyArn = arn({
  min: 5,
  max: 200,
  pattern: 'arn:[\\w+=/,.@-]+:acm-pca:[\\w+=/,.@-]*:[0-9]*:[\\w+=,.@-]+(/[\\w+=,.@-]+)*',
});

/** Members that name an authority. Refusal `InvalidArnException` for an ARN of something else. */
export const authorityArnMember = decoded(
  anyArn,
  (found): AuthorityArn => readAuthorityArn(found) ?? invalid(found, ofAuthority),
);

/** Members that name an issued certificate. Refusal `InvalidArnException` for an ARN of something else. */
export const certificateArnMember = decoded(anyArn, (found): CertificateArn => {
  const [authority = '', serial = '', ...rest] = found.text.split('/certificate/');
  const [, , , , , resource = ''] = authority.split(':');
  const isOfAuthority = readAuthorityArn({ ...found, resource }) !== undefined;
  if (!isOfAuthority || rest.length > 0 || !/^[0-9a-f]{32}$/.test(serial)) return invalid(found, ofCertificate);
  return { text: found.text, authority, serial: serialNumber(serial) };
});

/** Members that name a template. */
export const templateArnMember = decoded(anyArn, ({ text }) => readTemplateArn(text));

export function certificateArn(authority: AuthorityArn, serial: SerialNumber): string {
  return `${authority.text}/certificate/${serial}`;
}

/** Where an authority of this ARN lies, for the services' verbs. */
export function placeOf({ id, region }: AuthorityArn): { id: AuthorityId; region: Region } {
  return { id, region };
}

function invalid({ text }: Arn, expected: string): never {
  throw new Refusal('InvalidArnException', `The ARN ${text} is not valid. ${expected} is expected.`);
}

const ofAuthority =
  "A private CA's, in the partition of its region: arn:PARTITION:acm-pca:REGION:ACCOUNT:certificate-authority/UUID,";
const ofCertificate = "A certificate's: the ARN of its private CA, /certificate/ and 32 lower-case hexadecimal digits,";
