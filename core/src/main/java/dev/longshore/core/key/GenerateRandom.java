package dev.longshore.core.key;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.kms.GenerateRandomRequest;
import dev.longshore.shapes.kms.GenerateRandomResponse;

/** Answers bytes that nobody can guess. */
public final class GenerateRandom implements Query<GenerateRandomRequest, GenerateRandomResponse> {
  private final Vault vault;

  GenerateRandom(Vault vault) {
    this.vault = vault;
  }

  @Override
  public GenerateRandomResponse answer(View view, GenerateRandomRequest request, Context context) {
    if (request.numberOfBytes() == null) {
      throw Keys.invalid("NumberOfBytes is missing.");
    }
    return GenerateRandomResponse.builder()
        .plaintext(Blob.of(vault.random(request.numberOfBytes())))
        .build();
  }
}
