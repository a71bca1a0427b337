/** Inputs that several operations of this front share, with the limits of the vendor's model (2026-10-01). */
import { tagList, text } from '../../wire/aws-json/shapes.ts';

export const tags = tagList();

export const domainName = text({
  min: 1,
  max: 253,
  pattern: '(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])',
});

export const validationMethods = ['EMAIL', 'DNS', 'HTTP'] as const;
export const enabledOrNot = ['ENABLED', 'DISABLED'] as const;
