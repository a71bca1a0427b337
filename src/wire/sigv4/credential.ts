import { sha256Hex } from './canonical-request.ts';
import { Rejected } from './rejected.ts';

/** What an `Authorization: AWS4-HMAC-SHA256 …` field says, taken apart and checked for form only. */
export interface Credential {
  readonly accessKey: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** Lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  /** As sent; only a value of 64 lower-case hexadecimal digits can be right. */
  readonly signature: string;
}

/** Throws Rejected `incomplete` in AWS's sentences. The field itself is never repeated, only its hash. */
export function parseAuthorization(field: string): Credential {
  const space = field.indexOf(' ');
  const algorithm = space < 0 ? field : field.slice(0, space);
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw new Rejected('incomplete', `Unsupported AWS 'algorithm': '${algorithm.slice(0, 32)}'.`);
  }
  const parameters = parametersOf(space < 0 ? '' : field.slice(space + 1), field);
  const lacking = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parameters.get(name));
  if (lacking.length > 0) {
    const sentences = lacking.map((name) => `Authorization header requires '${name}' parameter.`);
    throw new Rejected('incomplete', `${sentences.join(' ')} ${fingerprint(field)}`);
  }
  const credential = parameters.get('Credential') ?? '';
  const [accessKey = '', date = '', region = '', service = '', terminator = '', ...rest] = credential.split('/');
  if (terminator === '' || rest.length > 0) {
    throw new Rejected(
      'incomplete',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential.slice(0, 160)}'`,
    );
  }
  return {
    accessKey,
    date,
    region,
    service,
    terminator,
    signedHeaders: (parameters.get('SignedHeaders') ?? '').split(';'),
    signature: parameters.get('Signature') ?? '',
  };
}

/** `name=value` parts between commas; a name that comes twice is refused, not chosen from. */
function parametersOf(text: string, field: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const equals = trimmed.indexOf('=');
    const name = trimmed.slice(0, equals);
    if (equals < 1 || parameters.has(name)) {
      throw new Rejected(
        'incomplete',
        `'${trimmed.slice(0, 32)}' not a valid key=value pair (missing equal-sign) in Authorization header ${fingerprint(field)}`,
      );
    }
    parameters.set(name, trimmed.slice(equals + 1));
  }
  return parameters;
}

function fingerprint(field: string): string {
  const digest = Buffer.from(sha256Hex(field), 'hex').toString('base64');
  return `(Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`;
}
