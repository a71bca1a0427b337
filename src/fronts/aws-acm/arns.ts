import { type AccountId, accountId, type CertificateId, certificateId, type Region } from '../../core/ids.ts';
import { type AuthorityArn, readAuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { partitionOf } from '../../wire/aws-json/partition.ts';
import { type Arn, arn } from '../../wire/aws-json/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { Refusal } from '../../wire/refusal.ts';

/** An ARN that could name a certificate; whether it does is for a lookup to say. */
export interface CertificateArn {
  readonly text: string;
  readonly region: string;
  readonly account: AccountId;
  /** Absent when it ends in no UUID: no certificate has such a name. */
  readonly id?: CertificateId;
}

const limits = { min: 20, max: 2048 };
const anyArn = arn({
  ...limits,
  pattern: 'arn:[\\w+=/,.@-]+:acm:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*',
});
const pcaArn = arn({
  ...limits,
  pattern: 'arn:[\\w+=/,.@-]+:acm-pca:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*',
});

/** Members that name a certificate. Refusal `InvalidArnException` for an ARN of something else. */
export const certificateArnMember = decoded(anyArn, (found): CertificateArn => {
  const [kind, id = '', ...rest] = found.resource.split('/');
  if (kind !== 'certificate' || rest.length > 0 || !/^[0-9]{12}$/.test(found.account)) return invalid(found);
  if (found.partition !== partitionOf(found.region)) return invalid(found);
  const place = { text: found.text, region: found.region, account: accountId(found.account) };
  return uuid.test(id) ? { ...place, id: certificateId(id) } : place;
});

/** Members that name an authority. Refusal `InvalidArnException` for an ARN of something else. */
export const authorityArnMember = decoded(pcaArn, (found): AuthorityArn => readAuthorityArn(found) ?? invalid(found));

export function certificateArn({ region, account, id }: { region: Region; account: AccountId; id: CertificateId }) {
  return `arn:${partitionOf(region)}:acm:${region}:${account}:certificate/${id}`;
}

export function invalid({ text }: Pick<Arn, 'text'>): never {
  throw new Refusal('InvalidArnException', `The ARN ${text} is not valid.`);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
