import { Refusal } from '../../wire/refusal.ts';
import { type Template, templateOf } from './templates.ts';

/** What IssueCertificate uses when the request names no template. */
export const defaultTemplate = 'EndEntityCertificate/V1';

/**
 * The template that an ARN names: `arn:<partition>:acm-pca:::template/<name>/V1`, without region and account.
 * Throws Refusal `InvalidArnException` for another ARN, `InvalidArgsException` for a template that does not exist.
 */
export function readTemplateArn(text: string): Template {
  const name = pattern.exec(text)?.[1];
  if (name === undefined) {
    throw new Refusal(
      'InvalidArnException',
      `The template ARN ${text} is not valid. arn:PARTITION:acm-pca:::template/NAME/V1 is expected, without region and account.`,
    );
  }
  const template = templateOf(name);
  if (template !== undefined) return template;
  throw new Refusal('InvalidArgsException', `The template ${name} does not exist.`);
}

const pattern = /^arn:aws[a-z-]*:acm-pca:::template\/([A-Za-z0-9_]+\/V[0-9]+)$/;
