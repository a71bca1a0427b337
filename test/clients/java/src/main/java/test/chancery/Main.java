package test.chancery;

import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;

/**
 * A life of an authority through the AWS SDK for Java, judged by the JDK's own path validation. The one argument is the
 * file of the leaf's CSR; key, region and endpoint come from the environment. Prints one JSON document.
 */
public final class Main {
  public static void main(String[] arguments) throws Exception {
    var csr = Files.readString(Path.of(arguments[0]));
    try (var pca = AcmPcaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      System.out.println(Json.write(new Life(pca).live(csr)));
    }
  }
}
