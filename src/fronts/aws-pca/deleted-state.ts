import { refusal } from '../../wire/refusal.ts';

/** Of policies and permissions. Terraform takes this very sentence for "gone". */
export const deletedState = {
  'wrong-state': refusal('InvalidStateException', 'The certificate authority is in the DELETED state'),
};
