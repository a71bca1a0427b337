import { extendedKeyUsages } from '../../core/profile.ts';

/** The vendor's words, in its order. RFC 9336 came after them: DOCUMENT_SIGNING is the older identifier (unverified). */
export const extendedKeyUsageTypes = {
  SERVER_AUTH: extendedKeyUsages.serverAuth,
  CLIENT_AUTH: extendedKeyUsages.clientAuth,
  CODE_SIGNING: extendedKeyUsages.codeSigning,
  EMAIL_PROTECTION: extendedKeyUsages.emailProtection,
  TIME_STAMPING: extendedKeyUsages.timeStamping,
  OCSP_SIGNING: extendedKeyUsages.ocspSigning,
  SMART_CARD_LOGIN: extendedKeyUsages.smartCardLogon,
  DOCUMENT_SIGNING: extendedKeyUsages.documentSigning,
  CERTIFICATE_TRANSPARENCY: extendedKeyUsages.certificateTransparency,
} as const;
