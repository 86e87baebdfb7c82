package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as it goes over the wire, so that a test can change any part of it after signing. */
record SentRequest(String method, String target, Map<String, String> headers, String body) {

  /** Signed, but for the headers of these names. */
  SentRequest signed(Signer signer, Instant at, String... uncovered) {
    List<String> names = new ArrayList<>(headers.keySet());
    names.removeAll(List.of(uncovered));
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(signer.sign(signable(), names, at));
    return new SentRequest(method, target, all, body);
  }

  private SignableRequest signable() {
    int mark = target.indexOf('?');
    return new SignableRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers::get,
        body.getBytes(ISO_8859_1));
  }

  SentRequest method(String other) {
    return new SentRequest(other, target, headers, body);
  }

  SentRequest target(String other) {
    return new SentRequest(method, other, headers, body);
  }

  SentRequest body(String other) {
    return new SentRequest(method, target, headers, other);
  }

  SentRequest with(String header, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, value);
    return new SentRequest(method, target, all, body);
  }

  SentRequest without(String header) {
    Map<String, String> all = new TreeMap<>(headers);
    all.remove(header);
    return new SentRequest(method, target, all, body);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder(512);
    text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("content-length: ").append(body.length()).append("\r\n\r\n").append(body);
    return text.toString().getBytes(ISO_8859_1);
  }
}
