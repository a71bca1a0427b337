/**
 * What PutPolicy takes. The service's guide: the structure of its policies "must be followed precisely", only principals,
 * organizations, the ARN and the template are free; two statements are required. Unverified, all of it here: that actions
 * may be spread over more statements, RevokeCertificate beside the required ones (its managed permissions have it), any
 * template (the newer guide; the older one named six), and the sentences.
 */
import { type AccountId, accountId } from '../../core/ids.ts';
import type { Condition } from '../../core/policy-condition.ts';
import { readPolicy, unknownOperators } from '../../core/policy-document.ts';
import { hasVariable } from '../../core/policy-pattern.ts';
import type { NameRule, Policy, Statement } from '../../core/policy.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { conditionKeys, templateArn } from '../../wire/aws-json/shared-authority.ts';
import { Refusal } from '../../wire/refusal.ts';
import { templateOf } from './templates.ts';

/** A policy as it may be attached to an authority, with the accounts that it names. */
export interface ResourcePolicy {
  readonly policy: Policy;
  readonly principals: readonly AccountId[];
}

/** Throws Refusal `InvalidPolicyException`, and Fault `malformed` for what is no policy at all. */
export function readResourcePolicy(text: string, authority: AuthorityArn): ResourcePolicy {
  const policy = readPolicy(text, 'resource');
  const [operator] = unknownOperators(policy);
  if (operator !== undefined) refuse(`a condition has the operator ${shown(operator)}, which is not supported`);
  for (const statement of policy.statements) checkStatement(statement, authority);
  checkRequired(policy);
  return { policy, principals: principalsOf(policy) };
}

const required = [
  'acm-pca:DescribeCertificateAuthority',
  'acm-pca:GetCertificate',
  'acm-pca:GetCertificateAuthorityCertificate',
  'acm-pca:ListPermissions',
  'acm-pca:ListTags',
];
const issue = 'acm-pca:IssueCertificate';
const revoke = 'acm-pca:RevokeCertificate';
const templateKey = 'acm-pca:templatearn';
const organizationKey = 'aws:principalorgid';

function checkStatement({ effect, principals, actions, resources, conditions }: Statement, arn: AuthorityArn): void {
  if (effect !== 'allow') refuse('a statement has the effect Deny');
  checkNames(
    actions,
    'NotAction',
    [...required, issue, revoke].map((action) => action.toLowerCase()),
    `one of ${[...required, issue, revoke].join(', ')}`,
  );
  checkNames(resources, 'NotResource', [arn.text], 'the ARN of the private CA itself');
  conditions.forEach(checkCondition);
  if (principals === undefined || principals.kind === 'but') refuse('a statement has NotPrincipal');
  const strange = principals.others[0] ?? [...principals.arns].find((name) => !identity.test(name));
  if (strange !== undefined) {
    refuse(`the principal ${shown(strange)} is neither an account nor the ARN of one of its users or roles`);
  }
  if (principals.isAnyone && !isConfined(conditions, organizationKey)) {
    refuse('the principal * needs a StringEquals condition on aws:PrincipalOrgID');
  }
  if (actions.patterns.includes(issue.toLowerCase())) checkTemplates(conditions, arn);
}

function checkNames({ kind, patterns }: NameRule, negation: string, allowed: readonly string[], expected: string) {
  if (kind === 'but') refuse(`a statement has ${negation}`);
  const other = patterns.find((pattern) => !allowed.includes(pattern));
  if (other !== undefined) refuse(`a statement has ${shown(other)} where ${expected} is expected`);
}

function checkCondition({ key, values }: Condition): void {
  if (!conditionKeys.has(key)) refuse(`a condition has the key ${shown(key)}, which is not supported`);
  if (values.some(hasVariable)) refuse('a condition has a policy variable');
}

/** Who may issue may issue by named templates only. */
function checkTemplates(conditions: readonly Condition[], { region }: AuthorityArn): void {
  if (!isConfined(conditions, templateKey)) {
    refuse('IssueCertificate needs a StringEquals condition on acm-pca:TemplateArn');
  }
  const named = conditions.filter(({ operator, key }) => operator === 'StringEquals' && key === templateKey);
  const prefix = templateArn(region, '');
  for (const arn of named.flatMap(({ values }) => values)) {
    const exists = arn.startsWith(prefix) && templateOf(arn.slice(prefix.length)) !== undefined;
    if (!exists) refuse(`a condition on acm-pca:TemplateArn has ${shown(arn)}, which is the ARN of no template`);
  }
}

/** What each account that is shared with must be able to see, and one way to issue. */
function checkRequired({ statements }: Policy): void {
  const seeing = statements.filter(({ conditions }) => !conditions.some(({ key }) => key === templateKey));
  const seen = new Set(seeing.flatMap(({ actions }) => actions.patterns));
  if (!required.every((action) => seen.has(action.toLowerCase()))) {
    refuse(`the required statement that allows ${required.join(', ')} is missing`);
  }
  if (!statements.some(({ actions }) => actions.patterns.includes(issue.toLowerCase()))) {
    refuse(`the required statement that allows ${issue} is missing`);
  }
}

function isConfined(conditions: readonly Condition[], key: string): boolean {
  return conditions.some((condition) => condition.operator === 'StringEquals' && condition.key === key);
}

/** `*` is not among them: it stands for an organization, which no account here is in. */
function principalsOf({ statements }: Policy): readonly AccountId[] {
  const named = statements.flatMap(({ principals }) => [
    ...(principals?.accounts ?? []),
    ...[...(principals?.arns ?? [])].flatMap((arn) => identity.exec(arn)?.[1] ?? []),
  ]);
  return [...new Set(named)].map(accountId);
}

const identity = /^arn:aws[a-z-]*:iam::([0-9]{12}):(?:user|role)\/[\w+=,.@/-]+$/;

/** Of what the caller wrote, as much as one line takes. */
function shown(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

function refuse(found: string): never {
  throw new Refusal('InvalidPolicyException', `The resource policy is not valid: ${found}.`);
}
