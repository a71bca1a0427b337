package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"time"

	"chancery.test/clients/authority"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acmpca"
	"github.com/aws/aws-sdk-go-v2/service/acmpca/types"
)

const defaultDuration = 30 * 24 * time.Hour

type provisioner struct {
	pca *acmpca.Client
	arn string
}

// Signed is one request that was served.
type Signed struct {
	Name     string `json:"name"`
	Template string `json:"template"`
	Arn      string `json:"arn"`
	// AgainArn is what the same request gets when it is made once more.
	AgainArn string `json:"againArn"`
	// Bundle is what becomes tls.crt, Root what becomes ca.crt.
	Bundle string `json:"bundle"`
	Root   string `json:"root"`
	// NotAfter is what was asked for, in epoch seconds.
	NotAfter int64 `json:"notAfter"`
}

func (p provisioner) serve(ctx context.Context, request certificateRequest, root string) (Signed, error) {
	extensions, err := request.extensions()
	if err != nil {
		return Signed{}, err
	}
	dnsName := request.name + ".cert-manager.test"
	csr, _, err := authority.MakeCsr(dnsName, extensions...)
	if err != nil {
		return Signed{}, err
	}
	signed := Signed{Name: request.name, Template: template(request), NotAfter: time.Now().Add(request.lifetime()).Unix()}
	if signed.Arn, err = p.sign(ctx, request, csr, signed.NotAfter); err != nil {
		return signed, err
	}
	if signed.Bundle, signed.Root, err = p.get(ctx, signed.Arn); err != nil {
		return signed, err
	}
	if signed.AgainArn, err = p.sign(ctx, request, csr, signed.NotAfter); err != nil {
		return signed, err
	}
	for _, one := range request.usages {
		if err := authority.Verify(signed.Bundle, signed.Root, dnsName, one.judged); err != nil {
			return signed, err
		}
	}
	return signed, authority.Verify(signed.Bundle, root, "", x509.ExtKeyUsageAny)
}

func (request certificateRequest) lifetime() time.Duration {
	if request.duration == 0 {
		return defaultDuration
	}
	return request.duration
}

func (p provisioner) sign(ctx context.Context, request certificateRequest, csr string, notAfter int64) (string, error) {
	described, err := p.pca.DescribeCertificateAuthority(ctx, &acmpca.DescribeCertificateAuthorityInput{CertificateAuthorityArn: aws.String(p.arn)})
	if err != nil {
		return "", err
	}
	token := fmt.Sprintf("%x", sha256.Sum256([]byte(request.namespace+"/"+request.name)))[:36]
	issued, err := p.pca.IssueCertificate(ctx, &acmpca.IssueCertificateInput{
		CertificateAuthorityArn: aws.String(p.arn),
		SigningAlgorithm:        described.CertificateAuthority.CertificateAuthorityConfiguration.SigningAlgorithm,
		TemplateArn:             aws.String(templateArn(p.arn, request)),
		Csr:                     []byte(csr),
		Validity:                &types.Validity{Type: types.ValidityPeriodTypeAbsolute, Value: aws.Int64(notAfter)},
		IdempotencyToken:        aws.String(token),
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(issued.CertificateArn), nil
}

// get asks once. The chain without the root belongs to the certificate; the root stands alone.
func (p provisioner) get(ctx context.Context, arn string) (bundle, root string, err error) {
	got, err := p.pca.GetCertificate(ctx, &acmpca.GetCertificateInput{
		CertificateAuthorityArn: aws.String(p.arn),
		CertificateArn:          aws.String(arn),
	})
	if err != nil {
		return "", "", err
	}
	between, above, err := splitRoot([]byte(aws.ToString(got.CertificateChain)))
	return aws.ToString(got.Certificate) + "\n" + between, above, err
}

// splitRoot takes the last certificate for the root; whatever stands after it would be read as one more.
func splitRoot(chain []byte) (between, root string, err error) {
	var others bytes.Buffer
	for {
		block, rest := pem.Decode(chain)
		if block == nil || block.Type != "CERTIFICATE" {
			return "", "", fmt.Errorf("failed to read certificate")
		}
		if len(rest) == 0 {
			return others.String(), string(pem.EncodeToMemory(block)), nil
		}
		if err := pem.Encode(&others, block); err != nil {
			return "", "", err
		}
		chain = rest
	}
}
