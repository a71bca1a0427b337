import { inHeader, text } from '../../wire/huawei-rest/shapes.ts';

/** The token that is spoken of; X-Auth-Token or the signature says who speaks. */
export const subjectToken = inHeader('X-Subject-Token', text({ min: 1, max: 4096 }));
