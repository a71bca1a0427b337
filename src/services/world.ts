/**
 * Services: one verb per file, the rules in the core's words, for every front. All input and output goes through
 * ports; nothing here knows which vendor asked, what an HTTP status is, or how a row looks.
 *
 * A verb takes what it uses as its first argument, then the caller, then what is wanted. `bind.ts` hands the ports in.
 * The invariant: no verb reads or changes anything but the caller's own account, or with a `SharedAccess` the one shared
 * authority of another's (the operator's verbs aside, which say so in their names).
 */
import type { Authority } from '../core/authority.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Pointers } from '../core/issuance.ts';
import type { Audit, Clock, KeyVault, ObjectStore, Randomness, Signer } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Pace } from './pace.ts';

/** Everything that verbs may ask for; each names the part that it uses. */
export interface World {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly audit: Audit;
  readonly publishing: Publishing;
  readonly objects: ObjectStore;
  /** Imitates a slower service; `paces.prompt` for none. */
  readonly pace: Pace;
  /** Lets a job run now, because there is work for it; it would run later anyway. */
  readonly wake: (job: 'finish-authorities' | 'write-audit-reports') => void;
}

/** Where relying parties fetch what belongs to an authority: goes into certificates and cannot be changed later. */
export interface Publishing {
  /** Of what the authority issues now. */
  pointersOf(authority: Pick<Authority, 'id' | 'revocation'>, now: EpochMs): Pointers;
}
