package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"
	"time"
)

// usage is one of cert-manager's, with what it is in a certificate.
type usage struct {
	name   string
	oid    asn1.ObjectIdentifier
	judged x509.ExtKeyUsage
}

var (
	serverAuth  = usage{"server auth", asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}, x509.ExtKeyUsageServerAuth}
	clientAuth  = usage{"client auth", asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}, x509.ExtKeyUsageClientAuth}
	codeSigning = usage{"code signing", asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 3}, x509.ExtKeyUsageCodeSigning}
	email       = usage{"email protection", asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}, x509.ExtKeyUsageEmailProtection}
	ocspSigning = usage{"ocsp signing", asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 9}, x509.ExtKeyUsageOCSPSigning}
)

// certificateRequest is as much of a CertificateRequest as the issuer reads.
type certificateRequest struct {
	namespace, name string
	usages          []usage
	isCA            bool
	duration        time.Duration
}

var requests = []certificateRequest{
	{"web", "both", []usage{clientAuth, serverAuth}, false, 0},
	{"web", "server", []usage{serverAuth}, false, 3 * time.Hour},
	{"web", "client", []usage{clientAuth}, false, 48 * time.Hour},
	{"build", "code", []usage{codeSigning}, false, 48 * time.Hour},
	{"pki", "ocsp", []usage{ocspSigning}, false, 48 * time.Hour},
	{"mail", "other", []usage{email, clientAuth}, false, 90 * time.Minute},
	{"mesh", "authority", nil, true, 48 * time.Hour},
}

// templateArn chooses as templateArn of pca.go does.
func templateArn(authorityArn string, request certificateRequest) string {
	parts := strings.SplitAfterN(authorityArn, ":", 3)
	return parts[0] + parts[1] + "acm-pca:::template/" + template(request) + "/V1"
}

func template(request certificateRequest) string {
	if request.isCA {
		return "SubordinateCACertificate_PathLen0"
	}
	switch usages := request.usages; {
	case len(usages) == 1 && usages[0].judged == x509.ExtKeyUsageCodeSigning:
		return "CodeSigningCertificate"
	case len(usages) == 1 && usages[0].judged == x509.ExtKeyUsageClientAuth:
		return "EndEntityClientAuthCertificate"
	case len(usages) == 1 && usages[0].judged == x509.ExtKeyUsageServerAuth:
		return "EndEntityServerAuthCertificate"
	case len(usages) == 1 && usages[0].judged == x509.ExtKeyUsageOCSPSigning:
		return "OCSPSigningCertificate"
	case len(usages) == 2 && usages[0].judged+usages[1].judged == x509.ExtKeyUsageClientAuth+x509.ExtKeyUsageServerAuth:
		return "EndEntityCertificate"
	}
	return "BlankEndEntityCertificate_APICSRPassthrough"
}

// extensions are those that cert-manager writes into a CSR: the usages.
func (request certificateRequest) extensions() ([]pkix.Extension, error) {
	if len(request.usages) == 0 {
		return nil, nil
	}
	var oids []asn1.ObjectIdentifier
	for _, one := range request.usages {
		oids = append(oids, one.oid)
	}
	value, err := asn1.Marshal(oids)
	return []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: value}}, err
}
