package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/**
 * An answer of an API that is an error. The generated errors of a service extend it; errors common
 * to all services, which no model declares, are instances of this class itself. It carries no stack
 * trace: it is a reply, not a fault of the program.
 */
public class ServiceException extends RuntimeException implements Shape {
  private final transient Structure schema;

  /**
   * An error that the service's model does not declare.
   *
   * @param code for example {@code SerializationException}
   * @param httpStatus 400–599; from 500 on it is the server's fault
   * @param message the text for the caller; AWS leaves some errors, such as bodies that are not
   *     JSON, without one
   */
  public ServiceException(String code, int httpStatus, @Nullable String message) {
    this(
        Structure.of(code, new CommonErrorBuilder(code, httpStatus), CommonErrorBuilder.MESSAGE)
            .error(code, httpStatus, httpStatus >= 500),
        message);
  }

  /** For generated errors. */
  protected ServiceException(Structure schema, @Nullable String message) {
    super(message, null, false, false);
    this.schema = schema;
  }

  /** The code of the query protocols, which for most services is the structure's name. */
  public final String code() {
    return traits().code();
  }

  public final int httpStatus() {
    return traits().httpStatus();
  }

  public final boolean isServerFault() {
    return traits().serverFault();
  }

  @Override
  public final Structure schema() {
    return schema;
  }

  @Override
  public @Nullable Object member(int index) {
    if (index != 0) {
      throw new IndexOutOfBoundsException(index);
    }
    return getMessage();
  }

  private ErrorTraits traits() {
    var error = schema.error();
    if (error == null) {
      throw new IllegalStateException(schema.name() + " is not an error");
    }
    return error;
  }
}
