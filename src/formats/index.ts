/**
 * Formats: what people install. Private keys in (PKCS#8, PKCS#1, SEC 1, JKS) and out (the same, encrypted PKCS#8, PKCS#12,
 * JKS), PEM text as each vendor writes it, and the bundles of files that servers want, zipped.
 *
 * Not here: making certificates (x509), keeping keys (vault), deciding who may have one (services).
 * Invariant: a private key or password comes in as octets that the caller owns and wipes; every buffer made of it in
 * this room is wiped here, or is the result. Nothing secret becomes a string.
 */
export { serverBundle, serverTypes, type BundleInput, type ServerType } from './bundle.ts';
export { decryptPkcs8, encryptedPkcs8Pem, encryptPkcs8 } from './encrypted-pkcs8.ts';
export { writeJks, type JksEntry } from './jks.ts';
export { randomKeystorePassword } from './keystore-password.ts';
export { certificateFile, certificateText, chainText, type Newline } from './pem-text.ts';
export { readJks } from './read-jks.ts';
export { writePkcs12, type Pkcs12Content } from './pkcs12.ts';
export { readPrivateKey, type ImportedKey } from './private-key.ts';
export { writeSecretPem } from './secret-pem.ts';
export { serverKeyPem } from './server-key.ts';
export { traditionalPem } from './traditional-key.ts';
export { zip, zipFileName, sanitizedName, type Member } from './zip.ts';
