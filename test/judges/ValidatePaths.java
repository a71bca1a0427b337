import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Validates paths by PKIX (RFC 5280 section 6). Arguments: for each path a file with its certificates in PEM, leaf
 * first, trust anchor last. Prints "ok" or the reason, a line for each.
 */
public class ValidatePaths {
  public static void main(String[] args) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    for (String file : args) {
      List<X509Certificate> chain = new ArrayList<>();
      for (var one : factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(Path.of(file))))) {
        chain.add((X509Certificate) one);
      }
      X509Certificate root = chain.remove(chain.size() - 1);
      CertPath path = factory.generateCertPath(chain);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      try {
        validator.validate(path, parameters);
        System.out.println("ok");
      } catch (Exception reason) {
        System.out.println(reason.getMessage());
      }
    }
  }
}
