/**
 * Bytes ↔ values of X.509: DER, PEM, names, extensions, certificates, signing requests, and the one path on which
 * certificates are made (`issuance/prepare` → `issuance/seal`).
 *
 * Here: what RFC 5280, 2986, 5480, 4055 and 7468 say. Not here: private keys (vault), files that people install
 * (formats), who may do what (services), what an AWS or Huawei template is (fronts).
 * Invariants: a value of this room was read whole and strictly, so nothing below checks it again; all hostile input
 * ends in a Fault; only bytes that went through the lint reach a signing key.
 */
export {
  type Certificate,
  isAuthority,
  readCertificate,
  readCertificatePem,
  readCertificatesPem,
} from './certificate.ts';
export { type ChainExpectation, isSelfSigned, verifyChain } from './chain.ts';
export { type Csr, readCsr } from './csr.ts';
export { prepare, type Prepared } from './issuance/prepare.ts';
export { prepareCsr, type PreparedCsr } from './issuance/prepare-csr.ts';
export { assembleCsr, type Sign, signPrepared } from './issuance/seal.ts';
export { formatName } from './names/format-name.ts';
export { readPem, readPemBlocks, writePem } from './pem.ts';
export { isSameKey, keyObjectOf, type PublicKey, readPublicKey } from './public-key.ts';
