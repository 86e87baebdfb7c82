package dev.longshore.gateway.metric;

/** What is counted, by CloudWatch's names. All grow for ever, but for the two that say active. */
public enum Count {
  REQUEST("RequestCount"),
  TARGET_2XX("HTTPCode_Target_2XX_Count"),
  TARGET_3XX("HTTPCode_Target_3XX_Count"),
  TARGET_4XX("HTTPCode_Target_4XX_Count"),
  TARGET_5XX("HTTPCode_Target_5XX_Count"),
  ELB_3XX("HTTPCode_ELB_3XX_Count"),
  ELB_4XX("HTTPCode_ELB_4XX_Count"),
  ELB_5XX("HTTPCode_ELB_5XX_Count"),
  ELB_500("HTTPCode_ELB_500_Count"),
  ELB_502("HTTPCode_ELB_502_Count"),
  ELB_503("HTTPCode_ELB_503_Count"),
  ELB_504("HTTPCode_ELB_504_Count"),
  REDIRECT("HTTP_Redirect_Count"),
  FIXED_RESPONSE("HTTP_Fixed_Response_Count"),
  GRPC_REQUEST("GrpcRequestCount"),
  NON_STICKY_REQUEST("NonStickyRequestCount"),
  NEW_CONNECTION("NewConnectionCount"),
  ACTIVE_CONNECTION("ActiveConnectionCount"),
  REJECTED_CONNECTION("RejectedConnectionCount"),
  TARGET_CONNECTION_ERROR("TargetConnectionErrorCount"),
  CLIENT_TLS_ERROR("ClientTLSNegotiationErrorCount"),
  TARGET_TLS_ERROR("TargetTLSNegotiationErrorCount"),
  DROPPED_HEADER("DroppedInvalidHeaderRequestCount"),
  PROCESSED_BYTES("ProcessedBytes"),
  NEW_FLOW("NewFlowCount"),
  ACTIVE_FLOW("ActiveFlowCount"),
  CLIENT_RESET("TCP_Client_Reset_Count"),
  TARGET_RESET("TCP_Target_Reset_Count"),
  ELB_RESET("TCP_ELB_Reset_Count");

  private final String metric;

  Count(String metric) {
    this.metric = metric;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException there is none
   */
  public static Count named(String metric) {
    for (Count each : values()) {
      if (each.metric.equals(metric)) {
        return each;
      }
    }
    throw new IllegalArgumentException("nothing is counted as " + metric);
  }

  /** The metric's name in CloudWatch. */
  public String metric() {
    return metric;
  }

  /** Whether it also falls. */
  public boolean isGauge() {
    return this == ACTIVE_CONNECTION || this == ACTIVE_FLOW;
  }

  /** How an answer of a target is counted, by the hundreds of its status. */
  public static Count ofTarget(int status) {
    return switch (status / 100) {
      case 3 -> TARGET_3XX;
      case 4 -> TARGET_4XX;
      case 5 -> TARGET_5XX;
      default -> TARGET_2XX;
    };
  }
}
