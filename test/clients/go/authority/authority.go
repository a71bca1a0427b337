package authority

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acmpca"
	"github.com/aws/aws-sdk-go-v2/service/acmpca/types"
)

const patience = time.Minute

// Authority is an authority of P-256 with its certificate installed.
type Authority struct {
	Arn         string
	Certificate string
	Chain       string
}

// Issued is what GetCertificate gave.
type Issued struct {
	Arn         string
	Certificate string
	Chain       string
}

// Template gives the ARN of a template, which has no account and no region.
func Template(name string) string { return "arn:aws:acm-pca:::template/" + name + "/V1" }

// Pending makes an authority and waits for its CSR.
func Pending(ctx context.Context, pca *acmpca.Client, kind types.CertificateAuthorityType, name, token string, tags ...types.Tag) (arn, csr string, err error) {
	created, err := pca.CreateCertificateAuthority(ctx, &acmpca.CreateCertificateAuthorityInput{
		CertificateAuthorityType: kind,
		CertificateAuthorityConfiguration: &types.CertificateAuthorityConfiguration{
			KeyAlgorithm:     types.KeyAlgorithmEcPrime256v1,
			SigningAlgorithm: types.SigningAlgorithmSha256withecdsa,
			Subject:          &types.ASN1Subject{Country: aws.String("CH"), CommonName: aws.String(name)},
		},
		IdempotencyToken: aws.String(token),
		Tags:             tags,
	})
	if err != nil {
		return "", "", err
	}
	arn = aws.ToString(created.CertificateAuthorityArn)
	asked := &acmpca.GetCertificateAuthorityCsrInput{CertificateAuthorityArn: aws.String(arn)}
	got, err := acmpca.NewCertificateAuthorityCSRCreatedWaiter(pca).WaitForOutput(ctx, asked, patience)
	if err != nil {
		return "", "", err
	}
	return arn, aws.ToString(got.Csr), nil
}

// Issue asks `issuer` for a certificate and waits for it.
func Issue(ctx context.Context, pca *acmpca.Client, issuer, csr, template string, days int64, passthrough *types.ApiPassthrough) (Issued, error) {
	issued, err := pca.IssueCertificate(ctx, &acmpca.IssueCertificateInput{
		CertificateAuthorityArn: aws.String(issuer),
		Csr:                     []byte(csr),
		SigningAlgorithm:        types.SigningAlgorithmSha256withecdsa,
		TemplateArn:             aws.String(Template(template)),
		Validity:                &types.Validity{Type: types.ValidityPeriodTypeDays, Value: aws.Int64(days)},
		ApiPassthrough:          passthrough,
	})
	if err != nil {
		return Issued{}, err
	}
	asked := &acmpca.GetCertificateInput{CertificateAuthorityArn: aws.String(issuer), CertificateArn: issued.CertificateArn}
	got, err := acmpca.NewCertificateIssuedWaiter(pca).WaitForOutput(ctx, asked, patience)
	if err != nil {
		return Issued{}, err
	}
	return Issued{aws.ToString(issued.CertificateArn), aws.ToString(got.Certificate), aws.ToString(got.CertificateChain)}, nil
}

// Install signs the CSR of `arn` by `issuer` (itself, for a root) and installs the certificate.
func Install(ctx context.Context, pca *acmpca.Client, issuer, arn, csr, template string, days int64, passthrough *types.ApiPassthrough) (Authority, error) {
	issued, err := Issue(ctx, pca, issuer, csr, template, days, passthrough)
	if err != nil {
		return Authority{}, err
	}
	install := &acmpca.ImportCertificateAuthorityCertificateInput{
		CertificateAuthorityArn: aws.String(arn),
		Certificate:             []byte(issued.Certificate),
	}
	if issued.Chain != "" {
		install.CertificateChain = []byte(issued.Chain)
	}
	if _, err = pca.ImportCertificateAuthorityCertificate(ctx, install); err != nil {
		return Authority{}, err
	}
	return Authority{arn, issued.Certificate, issued.Chain}, nil
}

// Root makes an active root of ten years.
func Root(ctx context.Context, pca *acmpca.Client, name string) (Authority, error) {
	arn, csr, err := Pending(ctx, pca, types.CertificateAuthorityTypeRoot, name, name)
	if err != nil {
		return Authority{}, err
	}
	return Install(ctx, pca, arn, arn, csr, "RootCACertificate", 3650, nil)
}

// Subordinate makes an active authority of five years below `issuer`.
func Subordinate(ctx context.Context, pca *acmpca.Client, issuer Authority, name, template string, passthrough *types.ApiPassthrough) (Authority, error) {
	arn, csr, err := Pending(ctx, pca, types.CertificateAuthorityTypeSubordinate, name, name)
	if err != nil {
		return Authority{}, err
	}
	return Install(ctx, pca, issuer.Arn, arn, csr, template, 1825, passthrough)
}
