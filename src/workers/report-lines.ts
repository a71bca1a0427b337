/** The lines of a report as its layout wants them: CSV by RFC 4180, or the members of a JSON array. */
import type { ReportColumn, ReportFact, ReportLayout } from '../core/audit-report.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import type { EpochMs } from '../core/ids.ts';
import { subjectAsRfc2253 } from '../x509/names/rfc2253.ts';

export interface ReportText {
  /** Before the first line. */
  readonly head: string;
  readonly lineOf: (certificate: IssuedCertificate, isFirst: boolean) => string;
  /** After the last line. */
  readonly tail: string;
}

export function reportText({ form, columns }: ReportLayout): ReportText {
  const read = columns.map((column) => ({ name: column.name, valueOf: valueOf(column) }));
  if (form === 'csv') {
    return {
      head: `${columns.map(({ name }) => cell(name)).join(',')}\n`,
      lineOf: (certificate) => `${read.map((column) => cell(column.valueOf(certificate) ?? '')).join(',')}\n`,
      tail: '',
    };
  }
  const members = read.map(({ name, valueOf: get }) => ({ start: `${JSON.stringify(name)}:`, get }));
  return {
    head: '[',
    lineOf: (certificate, isFirst) => {
      let line = isFirst ? '\n{' : ',\n{';
      let comma = '';
      for (const { start, get } of members) {
        const value = get(certificate);
        if (value === undefined) continue;
        line += comma + start + JSON.stringify(value);
        comma = ',';
      }
      return `${line}}`;
    },
    tail: '\n]\n',
  };
}

function valueOf({ fact, words, prefix = '' }: ReportColumn): (certificate: IssuedCertificate) => string | undefined {
  const read = facts[fact];
  if (words === undefined && prefix === '') return read;
  const known = words === undefined ? undefined : new Map(Object.entries(words));
  return (certificate) => {
    const found = read(certificate);
    const word = found === undefined || known === undefined ? found : known.get(found);
    return word === undefined ? undefined : prefix + word;
  };
}

/** RFC 4180 §2; a cell that a spreadsheet would take for a formula is quoted too. */
function cell(value: string): string {
  return /[",\r\n]|^[=+\-@\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

const facts: { readonly [Fact in ReportFact]: (certificate: IssuedCertificate) => string | undefined } = {
  account: ({ account, asker }) => asker.account ?? account,
  front: ({ asker }) => asker.front,
  serial: ({ serial }) => serial,
  'colon-serial': ({ serial }) => serial.replace(/..(?=.)/g, '$&:'),
  subject: ({ der }) => subjectAsRfc2253(der) || undefined,
  notBefore: ({ validity }) => time(validity.notBefore),
  notAfter: ({ validity }) => time(validity.notAfter),
  issuedAt: ({ issuedAt }) => time(issuedAt),
  revokedAt: ({ revocation }) => revocation && time(revocation.at),
  revocationReason: ({ revocation }) => revocation?.reason,
  template: ({ template }) => template,
};

/** `2020-02-26T18:39:57+0000` */
function time(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, -5)}+0000`;
}
