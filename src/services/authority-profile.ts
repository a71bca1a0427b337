import type { CustomExtension, KeyUsage, Profile } from '../core/profile.ts';

/** The profile of a certificate that certifies an authority: critical CA:TRUE and critical key usage, no name but its subject. */
export function authorityProfile(wanted: {
  name: string;
  keyUsages: readonly KeyUsage[];
  pathLength?: number;
  customExtensions?: readonly CustomExtension[];
}): Profile {
  const { name, keyUsages, pathLength, customExtensions = [] } = wanted;
  return {
    name,
    isSelfSigned: false,
    basicConstraints: { value: { isAuthority: true, pathLength }, critical: true },
    keyUsage: { from: 'profile', value: keyUsages, critical: true },
    extendedKeyUsage: { from: 'none' },
    subjectAltName: { from: 'none' },
    customExtensions,
  };
}
