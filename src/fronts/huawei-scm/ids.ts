import { scmId, type ScmId } from '../../core/ids.ts';
import { inPath, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { gone, refused } from './refusals.ts';

/** `certificate_id` of the path: 16 characters; of those only `scs` and 13 digits were ever given. */
export const certificateId = inPath(
  decoded(text(), (given): ScmId => {
    if (given.length !== 16) throw refused('SCM.0020');
    if (!/^scs[0-9]{13}$/.test(given)) throw gone();
    return scmId(given);
  }),
);
