package dev.longshore.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of a service. Its structures are looked up when first asked for. */
public final class OperationModel {
  private static final int NONE = -1;

  private final String name;
  private final String method;
  private final String uri;
  private final int responseCode;
  private final Catalog catalog;
  private final int input;
  private final int output;
  private final @Nullable String resultWrapper;
  private final int[] errors;

  private OperationModel(
      String name,
      String method,
      String uri,
      int responseCode,
      Catalog catalog,
      int input,
      int output,
      @Nullable String resultWrapper,
      int... errors) {
    this.name = name;
    this.method = method;
    this.uri = uri;
    this.responseCode = responseCode;
    this.catalog = catalog;
    this.input = input;
    this.output = output;
    this.resultWrapper = resultWrapper;
    this.errors = errors;
  }

  /**
   * An operation.
   *
   * @param catalog where the numbers that follow are looked up
   * @param input the input's number, negative when there is none
   * @param output the output's number, negative when there is none
   * @param errors the numbers of the errors that the model declares
   */
  public static OperationModel of(
      String name, Catalog catalog, int input, int output, int... errors) {
    return new OperationModel(name, "POST", "/", 200, catalog, input, output, null, errors.clone());
  }

  /**
   * With its place in a REST API.
   *
   * @param newUri path template with labels such as {@code {Id}} or {@code {Key+}}, and possibly a
   *     fixed query string
   */
  public OperationModel at(String newMethod, String newUri, int newResponseCode) {
    return new OperationModel(
        name, newMethod, newUri, newResponseCode, catalog, input, output, resultWrapper, errors);
  }

  /** With the element that wraps the result in the query protocol. */
  public OperationModel wrapped(String newResultWrapper) {
    return new OperationModel(
        name, method, uri, responseCode, catalog, input, output, newResultWrapper, errors);
  }

  public String name() {
    return name;
  }

  public String method() {
    return method;
  }

  /** The path template, see {@link #at}. */
  public String uri() {
    return uri;
  }

  /** The HTTP status of success. */
  public int responseCode() {
    return responseCode;
  }

  public boolean hasInput() {
    return input > NONE;
  }

  public boolean hasOutput() {
    return output > NONE;
  }

  /** The structure of requests, {@link Structure#EMPTY} when the model has none. */
  public Structure input() {
    return hasInput() ? catalog.structure(input) : Structure.EMPTY;
  }

  /** The structure of responses, {@link Structure#EMPTY} when the model has none. */
  public Structure output() {
    return hasOutput() ? catalog.structure(output) : Structure.EMPTY;
  }

  /** The element that wraps the result in the query protocol, null when there is none. */
  public @Nullable String resultWrapper() {
    return resultWrapper;
  }

  /** The errors that the model declares for this operation. */
  public List<Structure> errors() {
    var structures = new ArrayList<Structure>(errors.length);
    Arrays.stream(errors).forEach(id -> structures.add(catalog.structure(id)));
    return List.copyOf(structures);
  }

  @Override
  public String toString() {
    return name;
  }
}
