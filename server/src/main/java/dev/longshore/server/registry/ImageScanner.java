package dev.longshore.server.registry;

import dev.longshore.shapes.ecr.ImageScanFindings;
import java.io.IOException;
import java.util.function.Supplier;

/** Looks for known weaknesses in images. Called on threads that may block. */
@FunctionalInterface
public interface ImageScanner {
  /**
   * Scans one image.
   *
   * @param image as a client would pull it: host, repository and digest
   * @param manifest its bytes, read when asked for
   * @throws IOException it could not be scanned; the message says why
   */
  ImageScanFindings scan(String image, Supplier<byte[]> manifest) throws IOException;
}
