package dev.longshore.core.secret;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.GetRandomPasswordRequest;
import dev.longshore.shapes.secretsmanager.GetRandomPasswordResponse;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a password that nobody can guess, and keeps it nowhere. */
public final class GetRandomPassword
    implements Query<GetRandomPasswordRequest, GetRandomPasswordResponse> {
  private static final int USUAL = 32;
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final Vault vault;

  GetRandomPassword(Vault vault) {
    this.vault = vault;
  }

  @Override
  public GetRandomPasswordResponse answer(
      View view, GetRandomPasswordRequest request, Context context) {
    List<String> types = types(request);
    String all = String.join("", types);
    if (all.isEmpty()) {
      throw new InvalidParameterException(
          "The password can't be created: every character is excluded.");
    }
    int length = request.passwordLength() == null ? USUAL : request.passwordLength().intValue();
    boolean each = !Boolean.FALSE.equals(request.requireEachIncludedType());
    if (each && length < types.size()) {
      throw new InvalidParameterException(
          "Password length " + length + " is too short based on the required types.");
    }
    List<Character> letters = new ArrayList<>();
    if (each) {
      types.forEach(type -> letters.add(type.charAt(below(type.length()))));
    }
    while (letters.size() < length) {
      letters.add(all.charAt(below(all.length())));
    }
    StringBuilder password = new StringBuilder(length);
    while (!letters.isEmpty()) {
      password.append((char) letters.remove(below(letters.size())));
    }
    return new GetRandomPasswordResponse(password.toString());
  }

  private static List<String> types(GetRandomPasswordRequest request) {
    String excluded = Given.text(request.excludeCharacters());
    List<String> types = new ArrayList<>();
    add(types, LOWER, request.excludeLowercase(), excluded);
    add(types, UPPER, request.excludeUppercase(), excluded);
    add(types, DIGITS, request.excludeNumbers(), excluded);
    add(types, PUNCTUATION, request.excludePunctuation(), excluded);
    add(types, " ", !Boolean.TRUE.equals(request.includeSpace()), excluded);
    return types;
  }

  private static void add(
      List<String> types, String letters, @Nullable Boolean without, String excluded) {
    if (Boolean.TRUE.equals(without)) {
      return;
    }
    StringBuilder left = new StringBuilder();
    for (int at = 0; at < letters.length(); at++) {
      if (excluded.indexOf(letters.charAt(at)) < 0) {
        left.append(letters.charAt(at));
      }
    }
    if (!left.isEmpty()) {
      types.add(left.toString());
    }
  }

  /** A number from 0 to {@code bound} - 1, each as likely as the others. */
  private int below(int bound) {
    int range = 1 << 16;
    int fair = range - range % bound;
    while (true) {
      byte[] bytes = vault.random(2);
      int number = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
      if (number < fair) {
        return number % bound;
      }
    }
  }
}
