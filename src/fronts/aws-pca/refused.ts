import type { RefusedOperations } from '../../wire/catalogue.ts';

/** The service's answer for an operation that is not there. */
const notThere = { code: 'UnknownOperationException', message: '' };

/** The operations of Private CA that this front does not have yet. */
export const refused: RefusedOperations = {
  CreatePermission: { ...notThere, reason: 'there is no managed renewal yet, which alone reads permissions' },
  DeletePermission: { ...notThere, reason: 'there is no managed renewal yet, which alone reads permissions' },
  DeletePolicy: { ...notThere, reason: 'authorities are not shared between accounts yet' },
  GetPolicy: { ...notThere, reason: 'authorities are not shared between accounts yet' },
  ListPermissions: { ...notThere, reason: 'there is no managed renewal yet, which alone reads permissions' },
  PutPolicy: { ...notThere, reason: 'authorities are not shared between accounts yet' },
};
