package dev.longshore.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.http.Response;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.wire.Json;

/** The protocols awsJson1_0 and awsJson1_1, which differ in their content type alone. */
final class JsonDialect implements Dialect {
  private static final byte[] NO_MEMBERS = {'{', '}'};

  private final String contentType;

  JsonDialect(String contentType) {
    this.contentType = contentType;
  }

  @Override
  public Shape input(Call call, byte[] body) {
    // An empty body is taken for an empty object, as AWS takes it.
    return Json.decode(call.operation().input(), body.length == 0 ? NO_MEMBERS : body);
  }

  @Override
  public Response answer(OperationModel operation, Shape output) {
    return Response.of(200, contentType, Json.encode(output));
  }

  @Override
  public Response error(ServiceException error) {
    byte[] members = Json.encode(error);
    String type = "{\"__type\":\"" + error.schema().name() + '"';
    byte[] head = (members.length > 2 ? type + ',' : type).getBytes(UTF_8);
    byte[] body = new byte[head.length + members.length - 1];
    System.arraycopy(head, 0, body, 0, head.length);
    // What follows the opening brace of the error's own members.
    System.arraycopy(members, 1, body, head.length, members.length - 1);
    return Response.of(error.httpStatus(), contentType, body);
  }
}
