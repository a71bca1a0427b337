package main

import (
	"context"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"

	"chancery.test/clients/authority"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acmpca"
	"github.com/aws/aws-sdk-go-v2/service/acmpca/types"
)

const permittedName = "constrained.test"

// RFC 5280 §4.2.1.10, as far as one permitted DNS name needs it.
type nameConstraints struct {
	Permitted []struct {
		Name string `asn1:"tag:2,ia5"`
	} `asn1:"tag:0"`
}

// constrained makes an authority that may sign below one DNS name only: Go accepts what it signed there, and a
// certificate for another name is refused before it is signed.
func constrained(ctx context.Context, pca *acmpca.Client, root authority.Authority, result *Result) error {
	var constraints nameConstraints
	constraints.Permitted = append(constraints.Permitted, struct {
		Name string `asn1:"tag:2,ia5"`
	}{permittedName})
	der, err := asn1.Marshal(constraints)
	if err != nil {
		return err
	}
	passthrough := &types.ApiPassthrough{Extensions: &types.Extensions{CustomExtensions: []types.CustomExtension{{
		ObjectIdentifier: aws.String("2.5.29.30"),
		Value:            aws.String(base64.StdEncoding.EncodeToString(der)),
		Critical:         aws.Bool(true),
	}}}}
	below, err := authority.Subordinate(ctx, pca, root, "Smoke Constrained", "SubordinateCACertificate_PathLen0_APIPassthrough", passthrough)
	if err != nil {
		return err
	}
	inside := "app." + permittedName
	csr, _, err := authority.MakeCsr(inside)
	if err != nil {
		return err
	}
	leaf, err := authority.Issue(ctx, pca, below.Arn, csr, "EndEntityServerAuthCertificate", 30, nil)
	if err != nil {
		return err
	}
	bundle := leaf.Certificate + "\n" + leaf.Chain
	if err := authority.Verify(bundle, root.Certificate, inside, x509.ExtKeyUsageServerAuth); err != nil {
		return err
	}
	result.Verified = append(result.Verified, "name constraints")
	csr, _, err = authority.MakeCsr("app.elsewhere.test")
	if err != nil {
		return err
	}
	_, err = authority.Issue(ctx, pca, below.Arn, csr, "EndEntityServerAuthCertificate", 30, nil)
	result.Errors["outsideConstraints"] = errorOf(err)
	return nil
}
