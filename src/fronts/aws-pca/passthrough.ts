/**
 * Template and ApiPassthrough into a profile: template > ApiPassthrough > CSR. Where the template takes nothing from the
 * API, or nothing is given, that is the template's constant.
 */
import type { DistinguishedName } from '../../core/name.ts';
import type { CustomExtension, Profile } from '../../core/profile.ts';
import { Refusal } from '../../wire/refusal.ts';
import { objectionTo } from '../../x509/extensions/standard-extensions.ts';
import { writeName } from '../../x509/names/write-name.ts';
import { oids } from '../../x509/oids.ts';
import { givenExtendedKeyUsage, givenKeyUsage, givenNames, givenPolicies, OwnExtensions } from './api-extensions.ts';
import type { ApiPassthrough } from './api-passthrough-shape.ts';
import { asArgument } from './as-argument.ts';
import { isEmptySubject, readSubject } from './subject.ts';
import type { Template } from './templates.ts';

export interface Resolved {
  readonly profile: Profile;
  /** Absent: the CSR's. */
  readonly subject?: DistinguishedName;
}

/** Throws Refusal `InvalidArgsException` for what the template takes and no certificate can hold. */
export function resolve(template: Template, given: ApiPassthrough | undefined): Resolved {
  if (given === undefined) return { profile: template.profile };
  const subject = subjectOf(template, given);
  const profile = profileOf(template, given);
  return subject === undefined ? { profile } : { profile, subject };
}

function subjectOf(template: Template, { Subject: subject }: ApiPassthrough): DistinguishedName | undefined {
  if (template.subject === 'csr' || subject === undefined || isEmptySubject(subject)) return undefined;
  return asArgument(() => {
    const name = readSubject(subject);
    writeName(name);
    return name;
  });
}

function profileOf(template: Template, { Extensions: extensions }: ApiPassthrough): Profile {
  const { profile, others, alternativeNames } = template;
  if (extensions === undefined) return profile;
  if (others.includes('api')) return asArgument(() => withEverything(template, extensions));
  if (alternativeNames === 'csr') return profile;
  const names = asArgument(() => givenNames(extensions, new OwnExtensions({})));
  return names === undefined ? profile : { ...profile, subjectAltName: names };
}

function withEverything(template: Template, extensions: NonNullable<ApiPassthrough['Extensions']>): Profile {
  const { profile } = template;
  const own = new OwnExtensions(extensions);
  const policies = givenPolicies(extensions, own);
  return {
    ...profile,
    keyUsage: (template.keyUsage === undefined ? givenKeyUsage(extensions, own) : undefined) ?? profile.keyUsage,
    extendedKeyUsage:
      (template.extendedKeyUsage === undefined ? givenExtendedKeyUsage(extensions, own) : undefined) ??
      profile.extendedKeyUsage,
    subjectAltName: givenNames(extensions, own) ?? profile.subjectAltName,
    offeredExtensions: [
      ...(policies === undefined ? [] : [policies]),
      ...own.all.filter((one) => isTaken(one, template)),
    ],
  };
}

/** Whether a custom extension is of a kind that this template takes from the API. Refusal where it is not well made. */
function isTaken(extension: CustomExtension, { crlPoint, others, profile }: Template): boolean {
  if (extension.oid === oids.crlDistributionPoints && !crlPoint.includes('api')) return false;
  if (extension.oid === oids.authorityKeyIdentifier) return others.includes('own-key-identifier');
  const objection = objectionTo(extension, profile.basicConstraints.value.isAuthority);
  if (objection === undefined) return true;
  throw new Refusal('InvalidArgsException', `The extension ${extension.oid} ${objection}.`);
}
