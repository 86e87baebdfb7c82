package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/** Builds the errors that no model declares: they have a message only. */
final class CommonErrorBuilder implements ShapeBuilder {
  static final Member MESSAGE = Member.of(0, "message", ScalarType.of("ErrorMessage", Kind.STRING));

  private final String code;
  private final int httpStatus;
  private @Nullable String message;

  CommonErrorBuilder(String code, int httpStatus) {
    this.code = code;
    this.httpStatus = httpStatus;
  }

  @Override
  public ShapeBuilder fresh() {
    return new CommonErrorBuilder(code, httpStatus);
  }

  @Override
  public ShapeBuilder set(int index, @Nullable Object value) {
    if (index != 0) {
      throw new IndexOutOfBoundsException(index);
    }
    message = (String) value;
    return this;
  }

  @Override
  public Shape build() {
    return new ServiceException(code, httpStatus, message);
  }
}
