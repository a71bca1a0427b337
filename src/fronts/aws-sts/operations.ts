/**
 * aws-sts: AWS Security Token Service (signing service `sts`, the AWS query protocol): who am I, which every AWS client
 * asks first. Not here: sessions and roles, of which AWS callers have none. The invariant: it says only what the
 * signature has proven.
 */
import { getCallerIdentity } from './get-caller-identity.ts';

export const operations = [getCallerIdentity];
