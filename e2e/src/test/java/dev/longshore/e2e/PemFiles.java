package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for 127.0.0.1 and its key, as an operator has them; made by the JDK's keytool. */
record PemFiles(Path certificate, Path key) {
  private static final String PASSWORD = "longshore";

  static PemFiles in(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String words =
        "-genkeypair -alias port -keyalg EC -dname CN=longshore -ext bc=ca:true"
            + " -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass "
            + PASSWORD;
    Shell.of(keytool).ok(Shell.words(words, "-keystore", store.toString()));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey("port", PASSWORD.toCharArray()).getEncoded();
    return new PemFiles(
        write(
            directory.resolve("port.crt"), "CERTIFICATE", keys.getCertificate("port").getEncoded()),
        write(directory.resolve("port.key"), "PRIVATE KEY", key));
  }

  private static Path write(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String pem = "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    return Files.write(file, pem.getBytes(US_ASCII));
  }
}
