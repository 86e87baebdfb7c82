package dev.longshore.bench.registry;

import java.io.IOException;
import java.net.URI;

/** A registry in a process of its own, with a directory of its own. */
interface Contender extends AutoCloseable {
  String name();

  URI endpoint();

  /** The header that clients send; empty where nobody is asked who they are. */
  String authorization();

  /** What {@code skopeo} is to log in with; empty where nobody is asked who they are. */
  String credentials();

  /** Makes a repository where pushing does not. */
  void create(String repository) throws IOException, InterruptedException;

  /** The memory of the process that is resident, in MiB. */
  long residentMiB() throws IOException;

  @Override
  void close() throws IOException;
}
