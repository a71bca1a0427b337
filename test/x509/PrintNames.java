import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/** Prints each name of a file (DER in hexadecimal, a line each) as RFC 2253 text. */
public final class PrintNames {
  public static void main(String[] arguments) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      text.append(new X500Principal(HexFormat.of().parseHex(line)).getName(X500Principal.RFC2253)).append('\n');
    }
    System.out.write(text.toString().getBytes("UTF-8"));
  }
}
