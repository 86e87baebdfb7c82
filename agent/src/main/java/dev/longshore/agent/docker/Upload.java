package dev.longshore.agent.docker;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that are written while they are sent; the stream waits when the engine is slow. */
public interface Upload {
  void writeTo(OutputStream out) throws IOException;
}
