/** An authority outside, made by openssl in a folder of its own: what imports of certificates are tested with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OutsideAuthority {
  /** PEM. */
  readonly certificate: string;
  /** Its own certificate and those above it, PEM: what is given beside a certificate that it signs. */
  readonly chain: string;
  readonly name: string;
}

export interface OutsidePki {
  root(wish?: {
    name?: string;
    key?: readonly string[];
    extensions?: readonly string[];
    days?: number;
  }): OutsideAuthority;
  /** An authority under another. */
  under(
    issuer: OutsideAuthority,
    wish?: { name?: string; extensions?: readonly string[]; days?: number },
  ): OutsideAuthority;
  /** A certificate for a CSR; an authority's unless told. */
  sign(
    issuer: OutsideAuthority,
    csr: string,
    wish?: { extensions?: readonly string[]; days?: number; subject?: string },
  ): string;
  run(args: readonly string[], input?: string): string;
  close(): void;
}

/** What an authority's certificate has at least. */
export const ofAuthority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'] as const;

export function openOutsidePki(openssl: string): OutsidePki {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-outside-'));
  let count = 0;
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const run = (args: readonly string[], input?: string) => {
    const done = spawnSync(openssl, args, { cwd: folder, encoding: 'utf8', ...(input === undefined ? {} : { input }) });
    if (done.status !== 0) throw new Error(`openssl ${args.join(' ')}: ${done.stderr}`);
    return done.stdout;
  };
  const config = (extensions: readonly string[]) =>
    file(
      `${++count}.cnf`,
      `[req]\ndistinguished_name=dn\n[dn]\n[dir]\nO=Chancery Tests\n[v3]\n${extensions.join('\n')}\n`,
    );
  const key = (kind: readonly string[]) => {
    const name = `${++count}.key`;
    run(['genpkey', ...kind, '-out', name]);
    return name;
  };
  const ec = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const;
  const keys = new Map<string, string>();

  const sign: OutsidePki['sign'] = (issuer, csr, { extensions = ofAuthority, days = 365, subject } = {}) => {
    const name = `${++count}.csr`;
    file(name, csr);
    const ca = file(`${count}.ca.pem`, issuer.certificate);
    const out = `${count}.pem`;
    const made = ['-req', '-in', name, '-CA', ca, '-CAkey', keys.get(issuer.certificate) ?? '', '-out', out];
    const serial = ['-set_serial', String(4096 + count), '-days', String(days)];
    run([
      'x509',
      ...made,
      ...serial,
      '-extfile',
      config(extensions),
      '-extensions',
      'v3',
      ...(subject === undefined ? [] : ['-subj', subject]),
    ]);
    return readFileSync(join(folder, out), 'utf8');
  };
  return {
    run,
    sign,
    root: ({ name = 'Outside Root', key: kind = ec, extensions = ofAuthority, days = 3650 } = {}) => {
      const own = key(kind);
      const made = ['-x509', '-key', own, '-subj', `/CN=${name}`, '-days', String(days)];
      const certificate = run(['req', ...made, '-config', config(extensions), '-extensions', 'v3']);
      keys.set(certificate, own);
      return { name, certificate, chain: certificate };
    },
    under: (issuer, { name = `Outside ${++count}`, extensions = ofAuthority, days = 3000 } = {}) => {
      const own = key(ec);
      const csr = run(['req', '-new', '-key', own, '-subj', `/CN=${name}`, '-config', config([])]);
      const certificate = sign(issuer, csr, { extensions, days });
      keys.set(certificate, own);
      return { name, certificate, chain: `${certificate}${issuer.chain}` };
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
