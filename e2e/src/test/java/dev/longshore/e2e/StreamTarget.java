package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A target that says its name, and what it got. By TCP that is a head of PROXY protocol, version 2,
 * and a line; by UDP a datagram.
 */
record StreamTarget(String name, ServerSocket door, DatagramSocket box) implements AutoCloseable {
  private static final int SIGNATURE = 12;
  private static final int ADDRESS = 4;

  static StreamTarget called(String name) {
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      StreamTarget target =
          new StreamTarget(name, new ServerSocket(0, 0, here), new DatagramSocket(0, here));
      Thread.ofVirtual().start(() -> untilClosed(target::accept));
      Thread.ofVirtual().start(() -> untilClosed(target::receive));
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something to be done over and over. */
  private interface Step {
    void run() throws IOException;
  }

  private static void untilClosed(Step step) {
    try {
      while (true) {
        step.run();
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }

  private void accept() throws IOException {
    Socket client = door.accept();
    Thread.ofVirtual().start(() -> untilClosed(() -> answer(client)));
  }

  private void answer(Socket client) throws IOException {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.skipNBytes(SIGNATURE);
      String kind = String.format("%04x", in.readUnsignedShort());
      in.readUnsignedShort();
      byte[] from = in.readNBytes(ADDRESS);
      byte[] to = in.readNBytes(ADDRESS);
      String ends = kind + ' ' + end(from, in.readUnsignedShort());
      ends += ' ' + end(to, in.readUnsignedShort());
      String line = new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
      client.getOutputStream().write((name + ' ' + ends + ' ' + line + '\n').getBytes(UTF_8));
    }
  }

  private static String end(byte[] address, int port) throws IOException {
    return InetAddress.getByAddress(address).getHostAddress() + ':' + port;
  }

  private void receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    box.receive(packet);
    String said = name + ' ' + new String(packet.getData(), 0, packet.getLength(), UTF_8);
    packet.setData(said.getBytes(UTF_8));
    box.send(packet);
  }

  int tcpPort() {
    return door.getLocalPort();
  }

  int udpPort() {
    return box.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
    box.close();
  }
}
