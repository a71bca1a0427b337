/** Every verb with its ports in hand: what fronts see of the services. One line a verb, in the order of a life. */
import type { Caller, Permission } from '../core/account.ts';
import type { ManagedCertificate } from '../core/certificate.ts';
import type { EpochMs } from '../core/ids.ts';
import { activateAuthority } from './activate-authority.ts';
import { deleteAuthorityPolicy, findAuthorityPolicy, putAuthorityPolicy } from './authority-policy.ts';
import { createAccessKey } from './accounts/create-access-key.ts';
import { createAccount } from './accounts/create-account.ts';
import { findAccount } from './accounts/find-account.ts';
import { listAccessKeys, listAccounts, suspendAccount } from './accounts/list-accounts.ts';
import { newAccessKey } from './accounts/new-access-key.ts';
import { rotateAccessKey } from './accounts/rotate-access-key.ts';
import { updateAccessKey } from './accounts/update-access-key.ts';
import { createAuditReport } from './create-audit-report.ts';
import { createAuthority } from './create-authority.ts';
import { deleteAuthority } from './delete-authority.ts';
import { deleteManagedCertificate, hideIssuedCertificate } from './delete-certificate.ts';
import { type Exportable, exportCertificate } from './export-certificate.ts';
import { findAuditReport } from './find-audit-report.ts';
import { findAuthority } from './find-authority.ts';
import { findIssuedCertificate } from './find-issued-certificate.ts';
import { findManagedCertificate } from './find-managed-certificate.ts';
import { assertReadableObject } from './find-object.ts';
import { importCertificate } from './import-certificate.ts';
import { installAuthorityCertificate } from './install-authority-certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import { issueIntermediate } from './issue-intermediate.ts';
import { pageAuthorities, sliceAuthorities } from './list-authorities.ts';
import { pageManagedCertificates, sliceImportedCertificates, sliceIssuedCertificates } from './list-certificates.ts';
import { pageSharedAuthorities } from './list-shared-authorities.ts';
import type { Pace } from './pace.ts';
import { requestCertificate } from './request-certificate.ts';
import { restoreAuthority } from './restore-authority.ts';
import { revokeCertificate } from './revoke-certificate.ts';
import { createServicePermission, deleteServicePermission, listServicePermissions } from './service-permissions.ts';
import { listSettings, putSetting, settingOf } from './settings.ts';
import { closeSession } from './sessions/close-session.ts';
import { findSession } from './sessions/find-session.ts';
import { openSession } from './sessions/open-session.ts';
import { findSharedAccess } from './shared-authority.ts';
import { listTags, putTags, removeTags } from './tag-resource.ts';
import { updateAuthority } from './update-authority.ts';
import type { World } from './world.ts';

const verbs = {
  createAuthority,
  findAuthority,
  pageAuthorities,
  sliceAuthorities,
  activateAuthority,
  installAuthorityCertificate,
  updateAuthority,
  deleteAuthority,
  restoreAuthority,
  putAuthorityPolicy,
  findAuthorityPolicy,
  deleteAuthorityPolicy,
  findSharedAccess,
  pageSharedAuthorities,
  createServicePermission,
  listServicePermissions,
  deleteServicePermission,
  issueCertificate,
  issueIntermediate,
  findIssuedCertificate,
  sliceIssuedCertificates,
  hideIssuedCertificate,
  revokeCertificate,
  createAuditReport,
  findAuditReport,
  assertReadableObject,
  requestCertificate,
  importCertificate,
  findManagedCertificate,
  pageManagedCertificates,
  sliceImportedCertificates,
  deleteManagedCertificate,
  putTags,
  removeTags,
  listTags,
  openSession,
  findSession,
  closeSession,
  newAccessKey,
  createAccount,
  findAccount,
  listAccounts,
  suspendAccount,
  createAccessKey,
  listAccessKeys,
  rotateAccessKey,
  updateAccessKey,
  settingOf,
  putSetting,
  listSettings,
};

/** A verb without its first argument. */
type Bound<Verb> = Verb extends (world: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** The generic verb keeps its type parameter only when it is written out. */
type ExportCertificate = <Form>(
  caller: Caller,
  certificate: ManagedCertificate,
  permission: Permission,
  form: (exportable: Exportable) => Promise<Form>,
) => Promise<Form>;

export type Services = { readonly [Name in keyof typeof verbs]: Bound<(typeof verbs)[Name]> } & {
  readonly exportCertificate: ExportCertificate;
  /** The present moment, for views that derive a status. */
  readonly now: () => EpochMs;
  /** What is shown as unfinished for a while, for views of what has no verb of its own. */
  readonly pace: Pace;
};

/** Hands every verb its ports. */
export function bindServices(world: World): Services {
  const bound = Object.entries(verbs).map(([name, verb]) => [
    name,
    // Each verb takes a part of the world first and `Bound` gives back the rest of its parameters.
    (...rest: unknown[]) => (verb as (world: World, ...rest: unknown[]) => unknown)(world, ...rest),
  ]);
  return {
    ...Object.fromEntries(bound),
    exportCertificate: (caller, certificate, permission, form) =>
      exportCertificate(world, caller, certificate, permission, form),
    now: () => world.clock.now(),
    pace: world.pace,
  } as Services; // fromEntries forgets the names; the table above gives exactly these
}
