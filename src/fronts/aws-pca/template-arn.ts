import type { Profile } from '../../core/profile.ts';
import { Refusal } from '../../wire/refusal.ts';
import { isLaterTemplate, profileOf } from './templates.ts';

/** What IssueCertificate uses when the request names no template. */
export const defaultTemplate = 'EndEntityCertificate/V1';

/**
 * The profile that a template ARN names: `arn:<partition>:acm-pca:::template/<name>/V1`, without region and account.
 * Throws Refusal `InvalidArnException` for another ARN, `InvalidArgsException` for a template that is not here.
 */
export function readTemplateArn(text: string): Profile {
  const name = pattern.exec(text)?.[1];
  if (name === undefined) {
    throw new Refusal('InvalidArnException', `The template ARN ${text} is not valid.`);
  }
  const profile = profileOf(name);
  if (profile !== undefined) return profile;
  throw new Refusal(
    'InvalidArgsException',
    isLaterTemplate(name)
      ? `The template ${name} is not supported by this server yet.`
      : `The template ${name} does not exist.`,
  );
}

const pattern = /^arn:aws[a-z-]*:acm-pca:::template\/([A-Za-z0-9_]+\/V[0-9]+)$/;
