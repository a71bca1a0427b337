package authority

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
)

// MakeCsr makes a P-256 key and a CSR for one DNS name, PEM, with further extensions as they are.
func MakeCsr(name string, extensions ...pkix.Extension) (string, crypto.Signer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", nil, err
	}
	request := x509.CertificateRequest{
		Subject:         pkix.Name{CommonName: name},
		DNSNames:        []string{name},
		ExtraExtensions: extensions,
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &request, key)
	if err != nil {
		return "", nil, err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})), key, nil
}

// Parse reads the first certificate of a PEM text.
func Parse(text string) (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fmt.Errorf("expected PEM, found %q", text)
	}
	return x509.ParseCertificate(block.Bytes)
}

// Verify checks with crypto/x509 that the first certificate of `bundle` leads to `root` through the rest of it.
func Verify(bundle, root, dnsName string, usages ...x509.ExtKeyUsage) error {
	leaf, err := Parse(bundle)
	if err != nil {
		return err
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(root))
	between.AppendCertsFromPEM([]byte(bundle))
	_, err = leaf.Verify(x509.VerifyOptions{DNSName: dnsName, Roots: roots, Intermediates: between, KeyUsages: usages})
	return err
}
