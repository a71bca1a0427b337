import { zipSync, type Zippable } from 'fflate';
import type { EpochMs } from '../core/ids.ts';

/** A file of a bundle. */
export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Unpacked as 0600 instead of 0644: keys, key stores, passwords. */
  readonly isSecret: boolean;
}

/**
 * A zip of the members in their order; the same input gives the same bytes.
 * @param modifiedAt what every member is dated (zip knows the years 1980 to 2099, to two seconds)
 */
export function zip(members: readonly Member[], modifiedAt: EpochMs): Uint8Array {
  const mtime = Math.min(Math.max(modifiedAt, earliest), latest);
  const files: Zippable = {};
  for (const { name, bytes, isSecret } of members) {
    // os 3 is Unix: the upper half of attrs is its mode, here of a regular file.
    const mode = 0o100000 | (isSecret ? 0o600 : 0o644);
    files[sanitizedName(name)] = [bytes, { mtime, os: 3, attrs: (mode << 16) >>> 0 }];
  }
  return zipSync(files);
}

/** `<certificate name>_<type>.zip`, for example `test_apache.zip`: safe as a file name and in a header. */
export function zipFileName(certificateName: string, type: string): string {
  return `${sanitizedName(certificateName)}_${sanitizedName(type.toLowerCase())}.zip`;
}

/**
 * A name without any way out of its folder: ASCII letters, digits, `.`, `-` and `_`, anything else becomes `_`; no
 * dot or dash in front; at most 100 characters; `certificate` when nothing is left.
 */
export function sanitizedName(name: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9._-]/gu, '_')
    .replace(/^[.-]+/, '_')
    .slice(0, 100);
  return /[A-Za-z0-9]/.test(safe) ? safe : 'certificate';
}

// A day inside the range on either side: fflate counts in local time.
const earliest: EpochMs = Date.UTC(1980, 0, 2);
const latest: EpochMs = Date.UTC(2099, 11, 30);
