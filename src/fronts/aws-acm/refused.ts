import type { RefusedOperations } from '../../wire/catalogue.ts';

/** The service's answer for an operation that is not there. */
const notThere = { code: 'UnknownOperationException', message: '' };

const noAcme = { ...notThere, reason: 'there are no ACME endpoints yet' };
const noPublic = { ...notThere, reason: 'there are no public certificates yet, whose domains alone are validated' };
const noOtherResource = {
  ...notThere,
  reason: 'certificates are the only resource yet, and have operations of their own',
};

/** The operations of Certificate Manager that this front does not have yet. */
export const refused: RefusedOperations = {
  CreateAcmeDomainValidation: noAcme,
  CreateAcmeEndpoint: noAcme,
  CreateAcmeExternalAccountBinding: noAcme,
  DeleteAcmeDomainValidation: noAcme,
  DeleteAcmeEndpoint: noAcme,
  DeleteAcmeExternalAccountBinding: noAcme,
  DescribeAcmeAccount: noAcme,
  DescribeAcmeDomainValidation: noAcme,
  DescribeAcmeEndpoint: noAcme,
  DescribeAcmeExternalAccountBinding: noAcme,
  GetAccountConfiguration: { ...notThere, reason: 'there are no expiry events yet, which alone are configured' },
  GetAcmeExternalAccountBindingCredentials: noAcme,
  ListAcmeAccounts: noAcme,
  ListAcmeDomainValidations: noAcme,
  ListAcmeEndpoints: noAcme,
  ListAcmeExternalAccountBindings: noAcme,
  ListCertificateDomainValidations: noPublic,
  ListTagsForResource: noOtherResource,
  PutAccountConfiguration: { ...notThere, reason: 'there are no expiry events yet, which alone are configured' },
  RenewCertificate: { ...notThere, reason: 'there is no managed renewal yet' },
  ResendValidationEmail: noPublic,
  RevokeAcmeAccount: noAcme,
  RevokeAcmeExternalAccountBinding: noAcme,
  RevokeCertificate: { ...notThere, reason: 'it revokes public certificates, and there are none yet' },
  SearchCertificates: { ...notThere, reason: 'there is no search over attributes yet; ListCertificates filters' },
  TagResource: noOtherResource,
  UntagResource: noOtherResource,
  UpdateAcmeDomainValidation: noAcme,
  UpdateAcmeEndpoint: noAcme,
  UpdateCertificateOptions: { ...notThere, reason: 'only public certificates have options to change' },
};
