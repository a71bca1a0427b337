import { roles } from '../../core/account.ts';
import { accessKeyId, accountId } from '../../core/ids.ts';
import { enumeration, text } from '../../wire/aws-json/shapes.ts';
import { decoded } from '../../wire/leaf.ts';

export const account = decoded(text({ min: 12, max: 12, pattern: '[0-9]+' }), accountId);
export const accessKey = decoded(text({ min: 16, max: 128, pattern: '\\w+' }), accessKeyId);
export const accountName = text({ min: 1, max: 64, pattern: '[\\p{L}\\p{N} ._-]+' });
/** As IAM's user names. */
export const userName = text({ min: 1, max: 64, pattern: '[\\w+=,.@-]+' });
export const role = enumeration([...roles]);
export const settingName = text({ min: 1, max: 64, pattern: '[a-z0-9-]+' });
export const settingValue = text({ min: 1, max: 256 });
