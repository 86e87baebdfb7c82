package dev.longshore.server.api;

import dev.longshore.server.http.Response;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;

/** How one protocol reads requests and words answers. */
interface Dialect {
  /**
   * The input of an operation.
   *
   * @param body the body, no longer compressed
   * @throws ServiceException where the request cannot be read
   */
  Shape input(Call call, byte[] body);

  Response answer(OperationModel operation, Shape output);

  Response error(ServiceException error);
}
