package dev.longshore.e2e;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service of gRPC without generated code: it rings once, or it tolls five times. */
final class Bell implements MethodDescriptor.Marshaller<String> {
  private static final String NAME = "harbour.Bell";
  private static final int TOLLS = 5;
  private static final MethodDescriptor<String, String> RING =
      method("Ring", MethodDescriptor.MethodType.UNARY);
  private static final MethodDescriptor<String, String> TOLL =
      method("Toll", MethodDescriptor.MethodType.SERVER_STREAMING);

  private Bell() {}

  private static MethodDescriptor<String, String> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(NAME + '/' + name)
        .setRequestMarshaller(new Bell())
        .setResponseMarshaller(new Bell())
        .build();
  }

  @Override
  public InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String parse(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hangs one up on a port of its own. */
  static Server hung() throws IOException {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(NAME)
            .addMethod(RING, ServerCalls.asyncUnaryCall((text, to) -> say(text, 1, to)))
            .addMethod(
                TOLL, ServerCalls.asyncServerStreamingCall((text, to) -> say(text, TOLLS, to)))
            .build();
    return NettyServerBuilder.forAddress(Pier.here()).addService(service).build().start();
  }

  private static void say(String text, int times, StreamObserver<String> to) {
    for (int i = 0; i < times; i++) {
      to.onNext("rung for " + text);
    }
    to.onCompleted();
  }

  /** What gRPC's own client hears through TLS there: first the ring, then the tolls. */
  static List<String> heard(String address, int port, String authority, String text)
      throws IOException, InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(address, port)
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build())
            .overrideAuthority(authority)
            .build();
    try {
      List<String> heard = new ArrayList<>();
      heard.add(ClientCalls.blockingUnaryCall(channel, RING, CallOptions.DEFAULT, text));
      ClientCalls.blockingServerStreamingCall(channel, TOLL, CallOptions.DEFAULT, text)
          .forEachRemaining(heard::add);
      return heard;
    } finally {
      channel.shutdownNow();
      channel.awaitTermination(30, TimeUnit.SECONDS);
    }
  }
}
