package test.chancery;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads PEM, and lets the JDK judge a chain. */
final class Certificates {
  static X509Certificate read(String pem) throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
  }

  /** RFC 5280 §6 by the JDK's PKIX validator; throws when the leaf does not lead to the root. */
  static void validatePath(X509Certificate leaf, X509Certificate root) throws GeneralSecurityException {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  /** As a TLS peer judges, extended key usage included; throws when it does not trust. */
  static void validateForTls(X509Certificate leaf, X509Certificate root) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("root", root);
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    var manager = (X509TrustManager) factory.getTrustManagers()[0];
    var chain = new X509Certificate[] {leaf, root};
    manager.checkServerTrusted(chain, "ECDHE_ECDSA");
    manager.checkClientTrusted(chain, "EC");
  }
}
