import { refusal } from '../../wire/refusal.ts';

/** Of policies, permissions and tags. Terraform takes this very sentence for "gone". */
export const deletedState = {
  'wrong-state': refusal('InvalidStateException', 'The certificate authority is in the DELETED state'),
};
