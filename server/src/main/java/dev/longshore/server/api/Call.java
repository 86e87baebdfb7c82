package dev.longshore.server.api;

import dev.longshore.server.http.Request;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;

/**
 * A request whose operation was found.
 *
 * @param id names the request to its caller and in the log
 */
record Call(
    String id, Request request, ServedApi api, OperationModel operation, Protocol protocol) {}
