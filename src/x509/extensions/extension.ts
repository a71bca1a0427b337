/** One extension of a certificate or CSR (RFC 5280 §4.1.2.9, §4.2), and what every kind of extension has. */
import { Fault } from '../../core/fault.ts';
import { type DerReader, readDer } from '../der/reader.ts';
import { Remembered } from '../der/remembered.ts';
import { tags } from '../der/tags.ts';
import { boolean, octetString, oid, sequence } from '../der/writer.ts';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The DER inside the OCTET STRING. */
  readonly value: Uint8Array;
  /** FALSE stands there written out, against X.690 §11.5: many CSRs do that, some old certificates too, ours never. */
  readonly writesDefault?: true;
}

/** A standard extension: one file each. */
export interface ExtensionKind<Value, Written = Value> {
  readonly oid: string;
  readonly name: string;
  /** Where the RFC describes it. */
  readonly clause: string;
  /** What the RFC says of the critical flag; `either` leaves it to the issuer, `by-context` is checked by the lint. */
  readonly criticality: 'critical' | 'not-critical' | 'either' | 'by-context';
  /** The DER inside the OCTET STRING. */
  encode(value: Written): Uint8Array;
  /** Reads one whole element. Throws Fault `malformed`. */
  decode(reader: DerReader): Value;
}

/** AWS's API takes 150 beside the usual ones. Hostile certificates are refused before they cost anything. */
const extensionLimit = 200;

export function writeExtension({ oid: type, critical, value }: Extension): Uint8Array {
  // X.690 §11.5: a value equal to its DEFAULT (FALSE) is left out.
  return critical ? sequence(oid(type), boolean(true), octetString(value)) : sequence(oid(type), octetString(value));
}

/** Reads the next element as Extensions. Each kind at most once (RFC 5280 §4.2). */
export function readExtensions(reader: DerReader): readonly Extension[] {
  const list = reader.sequence();
  const extensions: Extension[] = [];
  do {
    if (extensions.length >= extensionLimit) list.fail(`there are more than ${extensionLimit} extensions`);
    const extension = readExtension(list.sequence());
    if (extensions.some((other) => other.oid === extension.oid)) {
      throw new Fault('malformed', `the ${reader.what} has the extension ${extension.oid} twice`, {
        what: reader.what,
        reason: 'duplicate-extension',
      });
    }
    extensions.push(extension);
  } while (!list.isAtEnd);
  return extensions;
}

/** The decoded value of one kind; undefined when the extension is not there. */
export function decodeExtension<Value>(
  extensions: readonly Extension[],
  kind: ExtensionKind<Value, never>,
  what = 'certificate',
): Value | undefined {
  for (const extension of extensions) {
    if (extension.oid === kind.oid)
      return valuesOf(kind).get(extension.value, (value) => decodeValue(kind, value, what));
  }
  return undefined;
}

function decodeValue<Value>(kind: ExtensionKind<Value, never>, value: Uint8Array, what: string): Value {
  const reader = readDer(value, what);
  const decoded = kind.decode(reader);
  reader.finish();
  return decoded;
}

/** What most certificates of an authority have in common, and what the lint reads just after the CSR's reader. */
const remembered = new Map<ExtensionKind<unknown, never>, Remembered<unknown>>();

function valuesOf<Value>(kind: ExtensionKind<Value, never>): Remembered<Value> {
  let values = remembered.get(kind);
  if (values === undefined) remembered.set(kind, (values = new Remembered<unknown>(3)));
  return values as Remembered<Value>; // only this kind's decoder fills it
}

function readExtension(reader: DerReader): Extension {
  const type = reader.oid();
  const isWritten = reader.has(tags.boolean);
  const critical = isWritten && reader.boolean();
  const value = reader.octetString();
  reader.finish();
  return isWritten && !critical ? { oid: type, critical, value, writesDefault: true } : { oid: type, critical, value };
}
