import java.io.FileInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Collections;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Serves one TLS connection from each key store in turn. Arguments: type, file, password (UTF-8, in hexadecimal) for
 * each. Prints a line for each: its port, its aliases, and the length of the chain.
 */
public class ServeTls {
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < args.length; i += 3) {
      char[] password = new String(HexFormat.of().parseHex(args[i + 2]), StandardCharsets.UTF_8).toCharArray();
      KeyStore store = KeyStore.getInstance(args[i]);
      try (FileInputStream file = new FileInputStream(args[i + 1])) {
        store.load(file, password);
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
      String alias = String.join(",", Collections.list(store.aliases()));
      System.out.println(server.getLocalPort() + " " + store.getCertificateChain(alias).length + " " + alias);
      server.setSoTimeout(20000);
      try (SSLSocket client = (SSLSocket) server.accept(); OutputStream out = client.getOutputStream()) {
        out.write("hello from Java".getBytes(StandardCharsets.UTF_8));
      }
      server.close();
    }
  }
}
