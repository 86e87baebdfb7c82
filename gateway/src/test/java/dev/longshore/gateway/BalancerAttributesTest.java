package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What attributes of load balancers and listeners change in requests and answers. */
class BalancerAttributesTest {
  private final Scene scene = new Scene();
  private final Backend target = Backend.saying("seen");

  @AfterEach
  void close() {
    scene.close();
    target.close();
  }

  private Scene toTarget() {
    return scene.group("g", target.port()).to("g");
  }

  /** What the target is told when a client asks for this host. */
  private String hostOf(String asked) throws IOException {
    scene.ask("GET / HTTP/1.1\r\nHost: " + asked + "\r\n\r\n");
    return target.received().remove().header("host");
  }

  @Test
  void the_host_is_told_with_an_unusual_port_unless_it_is_preserved() throws Exception {
    toTarget().apply();
    assertThat(hostOf("www.example.com")).isEqualTo("www.example.com:" + scene.address().getPort());
    assertThat(hostOf("www.example.com:81")).isEqualTo("www.example.com:81");
    assertThat(hostOf("[::1]")).isEqualTo("[::1]:" + scene.address().getPort());
    scene.attribute("routing.http.preserve_host_header.enabled", "true").apply();
    assertThat(hostOf("www.example.com")).isEqualTo("www.example.com");
  }

  @Test
  void headers_with_unusual_names_are_dropped_where_that_is_wanted() throws Exception {
    toTarget().apply();
    String request = "GET / HTTP/1.1\r\nHost: a\r\nodd_name: 1\r\nplain-name: 2\r\n\r\n";
    scene.ask(request);
    assertThat(target.received().remove().header("odd_name")).isEqualTo("1");
    scene.attribute("routing.http.drop_invalid_header_fields.enabled", "true").apply();
    scene.ask(request);
    Backend.Received received = target.received().remove();
    assertThat(received.headers()).doesNotContainKey("odd_name");
    assertThat(received.header("plain-name")).isEqualTo("2");
  }

  @Test
  void a_listener_puts_headers_into_every_answer() throws Exception {
    toTarget().apply();
    assertThat(scene.get("/").header("X-Frame-Options")).isEmpty();
    scene
        .listenerAttribute("routing.http.response.x_frame_options.header_value", "DENY")
        .listenerAttribute(
            "routing.http.response.strict_transport_security.header_value", "max-age=60")
        .apply();
    assertThat(scene.get("/").header("X-Frame-Options")).isEqualTo("DENY");
    scene.group("g").apply();
    Wire.Answer own = scene.get("/");
    assertThat(own.status()).isEqualTo(503);
    assertThat(own.header("Strict-Transport-Security")).isEqualTo("max-age=60");
  }

  @Test
  void a_listener_does_not_say_what_serves_where_that_is_wanted() throws Exception {
    scene.group("g").to("g").apply();
    assertThat(scene.get("/").header("Server")).isEqualTo("awselb/2.0");
    scene.listenerAttribute("routing.http.response.server.enabled", "false").apply();
    assertThat(scene.get("/").head()).doesNotContainIgnoringCase("Server:");
  }
}
