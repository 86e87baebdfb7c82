package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.DescribeKeyRequest;
import dev.longshore.shapes.kms.DescribeKeyResponse;
import dev.longshore.shapes.kms.KeyMetadata;
import java.util.List;

/** Shows a key, without its bytes. */
public final class DescribeKey implements Query<DescribeKeyRequest, DescribeKeyResponse> {
  @Override
  public DescribeKeyResponse answer(View view, DescribeKeyRequest request, Context context) {
    return new DescribeKeyResponse(
        metadata(Keys.existing(view, request.keyId(), context), context));
  }

  static KeyMetadata metadata(EncryptionKey key, Context context) {
    return KeyMetadata.builder()
        .awsAccountId(context.place().accountId())
        .keyId(key.id())
        .arn(Keys.arn(key, context))
        .creationDate(key.createdAt())
        .enabled(key.enabled())
        .description(Given.text(key.description()))
        .keyUsage("ENCRYPT_DECRYPT")
        .keyState(state(key))
        .deletionDate(key.deletionDue())
        .origin("AWS_KMS")
        .keyManager(key.managed() ? "AWS" : "CUSTOMER")
        .customerMasterKeySpec("SYMMETRIC_DEFAULT")
        .keySpec("SYMMETRIC_DEFAULT")
        .encryptionAlgorithms(List.of("SYMMETRIC_DEFAULT"))
        .multiRegion(false)
        .build();
  }

  static String state(EncryptionKey key) {
    return key.deletionDue() != null ? "PendingDeletion" : key.enabled() ? "Enabled" : "Disabled";
  }
}
